using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IVectorQuantizer
{
    Tensor IVectorQuantizer.VqAssign(Tensor z, Tensor codebook)
    {
        RefuseUnlessCodebookFits(z.Shape[1], codebook);
        var indices = new long[z.Shape[0]];
        VqAssign.Forward(z.Float32, codebook.Float32, indices, z.Shape[1]);
        return new Tensor([indices.Length], indices);
    }

    private static void RefuseUnlessCodebookFits(int dimensions, Tensor codebook)
    {
        if (codebook.Shape[0] == 0)
        {
            throw new RefusalException("the codebook holds no codes");
        }

        if (codebook.Shape[1] != dimensions)
        {
            throw new RefusalException($"z has {dimensions} dimensions and the codebook {codebook.Shape[1]}");
        }
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IResidualQuantizer
{
    (Tensor? Quantized, Tensor? Indices) IResidualQuantizer.RvqQuantize(Tensor z, Tensor codebooks)
    {
        RefuseUnlessCodebooksFit(z.Shape[1], codebooks);
        var (samples, stages) = (z.Shape[0], codebooks.Shape[0]);
        var (quantized, indices) = (new float[z.Count], new long[samples * stages]);
        RvqQuantize.Forward(z.Float32, codebooks.Float32, quantized, indices, samples, stages, codebooks.Shape[1], z.Shape[1]);
        return (Like(z, quantized), new Tensor([samples, stages], indices));
    }

    (Tensor? DZ, Tensor? DCodebooks) IResidualQuantizer.RvqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        RefuseUnlessCodebooksFit(z.Shape[1], codebooks);
        return StraightPast(z, codebooks, dQuantized);
    }

    (Tensor? Quantized, Tensor? Indices) IResidualQuantizer.GroupedVqQuantize(Tensor z, Tensor codebooks)
    {
        RefuseUnlessChunksFit(z, codebooks);
        var (samples, groups) = (z.Shape[0], codebooks.Shape[0]);
        var (quantized, indices) = (new float[z.Count], new long[samples * groups]);
        GroupedVqQuantize.Forward(z.Float32, codebooks.Float32, quantized, indices, samples, groups, codebooks.Shape[1], codebooks.Shape[2]);
        return (Like(z, quantized), new Tensor([samples, groups], indices));
    }

    (Tensor? DZ, Tensor? DCodebooks) IResidualQuantizer.GroupedVqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        RefuseUnlessChunksFit(z, codebooks);
        return StraightPast(z, codebooks, dQuantized);
    }

    private static (Tensor? DZ, Tensor? DCodebooks) StraightPast(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        Refuse.UnlessSameShape(z, dQuantized);
        var (dZ, dCodebooks) = (new float[z.Count], new float[codebooks.Count]);
        VqQuantize.Vjp(dQuantized.Float32, dZ, dCodebooks);
        return (Like(z, dZ), Like(codebooks, dCodebooks));
    }

    private static void RefuseUnlessCodebooksFit(int dimensions, Tensor codebooks)
    {
        RefuseUnlessCodebooks(codebooks);
        if (codebooks.Shape[2] != dimensions)
        {
            throw new RefusalException($"z has {dimensions} dimensions and the codebooks {codebooks.Shape[2]}");
        }
    }

    private static void RefuseUnlessChunksFit(Tensor z, Tensor codebooks)
    {
        RefuseUnlessCodebooks(codebooks);
        if (codebooks.Shape[0] * codebooks.Shape[2] != z.Shape[1])
        {
            throw new RefusalException($"z has {z.Shape[1]} dimensions and {codebooks.Shape[0]} codebooks of {codebooks.Shape[2]}");
        }
    }

    private static void RefuseUnlessCodebooks(Tensor codebooks)
    {
        if (codebooks.Shape[0] == 0 || codebooks.Shape[1] == 0)
        {
            throw new RefusalException(codebooks.Shape[0] == 0 ? "there are no codebooks" : "the codebooks hold no codes");
        }
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels
{
    Tensor IVectorQuantizer.StraightThrough(Tensor z, Tensor quantized)
    {
        Refuse.UnlessSameShape(z, quantized);
        var output = new float[z.Count];
        StraightThrough.Forward(quantized.Float32, output);
        return Like(z, output);
    }

    (Tensor? DZ, Tensor? DQuantized) IVectorQuantizer.StraightThroughVjp(Tensor z, Tensor quantized, Tensor dOutput)
    {
        Refuse.UnlessSameShape(z, quantized, dOutput);
        var (dZ, dQuantized) = (new float[z.Count], new float[z.Count]);
        StraightThrough.Vjp(dOutput.Float32, dZ, dQuantized);
        return (Like(z, dZ), Like(z, dQuantized));
    }
}

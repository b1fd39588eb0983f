using LatentConformance.Contract;

namespace LatentConformance.Simd;

/// <summary>
/// The fast kernels as the contract has them: arguments checked, outputs allocated, the span kernel called. What is measured and
/// gated is the span kernels; the wrappers stand in files of their own, one a family.
/// </summary>
public sealed partial class SimdKernels : IDescribed
{
    public Description Description => new("simd", "0.1.0", DType.Float32);

    private static Tensor Like(Tensor tensor, float[] values) => new(tensor.Shape.ToArray(), values);

    private static Tensor Vector(float[] values) => new([values.Length], values);

    private static Tensor Vector(long[] values) => new([values.Length], values);
}

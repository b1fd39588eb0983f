using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ |x − x̂|; ∂/∂x̂ = sign(x̂ − x), zero where they are equal.
public sealed partial class ReferenceKernels
{
    public Tensor L1(Tensor x, Tensor xHat) => PerSample(x, xHat, (a, b) => Real.Abs((Real)a - b));

    public Tensor L1Vjp(Tensor x, Tensor xHat, Tensor dLoss) =>
        PerSampleVjp(x, xHat, dLoss, (a, b) => double.IsNaN(b - a) ? double.NaN : Math.Sign(b - a));
}

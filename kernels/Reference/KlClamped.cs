using LatentConformance.Contract;

namespace LatentConformance.Reference;

// ½ Σ (μ² + e^c − 1 − c), c = min(max(lv, low), high): the KL as it is under the clamp as a convention, here by arguments.
// ∂/∂lv = ½ (e^c − 1) inside, 0 outside, where the value no longer depends on lv: raw values there make e^lv infinite.
public sealed partial class ReferenceKernels : IGaussianSample
{
    public Tensor KlClamped(Tensor mu, Tensor logvar, double low, double high) => Under(low, high).KlToPrior(mu, logvar);

    public (Tensor? DMu, Tensor? DLogvar) KlClampedVjp(Tensor mu, Tensor logvar, double low, double high, Tensor dKl) =>
        Under(low, high).KlToPriorVjp(mu, logvar, dKl);

    private static ReferenceKernels Under(double low, double high) => low < high
        ? new(Conventions.House with { LogvarClamp = (low, high) })
        : throw new RefusalException($"the clamp is [{low}, {high}]; its low end is below its high end");
}

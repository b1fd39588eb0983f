using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>
/// The fp64 reference: every operation of the contract, written to be read beside its formula, each answer with the
/// tolerance that its formula earns. One operation a file; this one holds what they share.
/// </summary>
/// <param name="conventions">What the implementation under test declares; the house's own unless said otherwise.</param>
/// <param name="choice">A discrete choice already judged legal: other outputs are then answered for that choice.</param>
public sealed partial class ReferenceKernels(Conventions? conventions = null, Tensor? choice = null)
    : IGaussian, IReconstruction, IVaeLoss, ILinearGaussian, IVectorQuantizer, IFiniteScalarQuantizer, IDescribed
{
    private readonly Conventions conventions = conventions ?? Conventions.House;

    public Description Description => new("reference", "0.1.0", DType.Float64) { Conventions = conventions };

    /// <summary>log-variance under the declared clamp.</summary>
    private double Clamped(double logvar) =>
        conventions.LogvarClamp is { } range && !double.IsNaN(logvar) ? Math.Clamp(logvar, range.Low, range.High) : logvar;

    /// <summary>Outside the clamp nothing depends on log-variance any more.</summary>
    private bool IsClamped(double logvar) =>
        conventions.LogvarClamp is { } range && (logvar < range.Low || logvar > range.High);

    /// <summary>
    /// Under a clamp the gradient at NaN is NaN, or zero: frameworks pass what compares as inside the range, and NaN
    /// compares as nothing.
    /// </summary>
    private Tensor PastTheClamp(Tensor gradient, Tensor logvar)
    {
        if (conventions.LogvarClamp is null)
        {
            return gradient;
        }

        var masked = Enumerable.Range(0, logvar.Count).Where(i => double.IsNaN(logvar[i])).Select(i => new Alternative(i, 0, 0, default));
        return new Tensor(gradient.Shape.ToArray(), gradient.ToDoubles()) { Tolerance = gradient.Tolerance! with { Alternatives = [.. masked] } };
    }
}

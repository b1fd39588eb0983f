using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Gate;

/// <summary>What is compared, and how.</summary>
/// <param name="Operations">Empty for all that both sides have.</param>
/// <param name="Planted">A slowdown that the candidate is given, by operation, to see that the gate finds it.</param>
/// <param name="Elapsed">What of the budget is spent already.</param>
public sealed record GateSettings(
    KernelSource Candidate,
    KernelSource Baseline,
    IReadOnlyList<string> Operations,
    Thresholds Thresholds,
    TimeSpan Budget,
    IReadOnlyDictionary<string, double> Planted,
    Func<TimeSpan> Elapsed)
{
    /// <summary>The chance that a run over all operations, of a kernel set against itself, ends in any false alarm.</summary>
    public const double Alpha = 0.01;
}

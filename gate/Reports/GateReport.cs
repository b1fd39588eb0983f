using LatentConformance.Gate.Deciding;

namespace LatentConformance.Gate.Reports;

/// <summary>The verdict on one operation.</summary>
/// <param name="Why">What is wrong; null where nothing is.</param>
/// <param name="Interval">Of the median logarithm of the ratio, candidate to baseline; null where nothing was timed.</param>
/// <param name="Seconds">Median of a call; nothing is said with it, it is for the reader.</param>
/// <param name="Timed">What was called on either side.</param>
/// <param name="Workload">On what.</param>
public sealed record OperationVerdict(
    string Operation,
    Verdict Verdict,
    string? Why,
    MedianInterval? Interval,
    (double Candidate, double Baseline) Seconds,
    int Pairs,
    int Rounds,
    Allocation? Allocation,
    Threshold Threshold,
    (string Candidate, string Baseline) Timed,
    string Workload)
{
    public bool AllocatesTooMuch => Allocation is { Verdict: AllocationVerdict.More } && !Threshold.MayAllocate;

    public bool Fails => Verdict is Verdict.Wrong or Verdict.Slower || AllocatesTooMuch;
}

/// <summary>A whole run.</summary>
/// <param name="Left">Operations that only one side has, and which one that is.</param>
public sealed record GateReport(
    string Candidate,
    string Baseline,
    double Alpha,
    TimeSpan Budget,
    TimeSpan Taken,
    IReadOnlyList<OperationVerdict> Operations,
    IReadOnlyList<(string Operation, string Has)> Left)
{
    public bool Fails => Operations.Any(o => o.Fails);

    public bool IsUndecided => Operations.Any(o => o.Verdict == Verdict.Undecided);
}

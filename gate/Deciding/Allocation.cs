namespace LatentConformance.Gate.Deciding;

/// <summary>
/// The least bytes that a call allocated on each side. More is where every call of the candidate lies above three in four of the
/// baseline's, and less the reverse: a thread of the runtime that allocates now and then decides nothing, and sixteen calls each of
/// one and the same code fall so with a chance of one in a hundred thousand.
/// </summary>
public sealed record Allocation(long Candidate, long Baseline, AllocationVerdict Verdict)
{
    /// <summary>Calls on either side.</summary>
    public const int Calls = 16;

    public static Allocation Of(IReadOnlyCollection<long> candidate, IReadOnlyCollection<long> baseline) => new(
        candidate.Min(),
        baseline.Min(),
        candidate.Min() > Most(baseline) ? AllocationVerdict.More : baseline.Min() > Most(candidate) ? AllocationVerdict.Less : AllocationVerdict.Same);

    /// <summary>What three in four stay at or below.</summary>
    private static long Most(IReadOnlyCollection<long> bytes) => bytes.Order().ElementAt((3 * bytes.Count / 4) - 1);
}

public enum AllocationVerdict
{
    Same,
    Less,
    More,
}

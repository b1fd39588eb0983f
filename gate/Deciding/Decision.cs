namespace LatentConformance.Gate.Deciding;

/// <summary>
/// From logarithms of time ratios, candidate to baseline, round by round, to a verdict. A slowdown s is to be found: slower is what
/// surely exceeds √s, faster what surely stays below 1/√s, same what surely lies within the fourth root of s either way.
/// </summary>
public sealed class Decision(double slowdown, double alpha)
{
    /// <summary>Each round loads the code anew. Fewer rounds are fewer places in memory that the code was tried in.</summary>
    public const int FewestRounds = 4;

    private readonly double surely = Math.Log(slowdown) / 2;
    private readonly double nearly = Math.Log(slowdown) / 4;

    /// <summary>The fewest pairs from which a verdict can follow.</summary>
    public int FewestPairs { get; } = SignTest.Fewest(alpha);

    public (Verdict Verdict, MedianInterval Interval) Of(IReadOnlyList<IReadOnlyCollection<double>> rounds)
    {
        var interval = MedianInterval.Of([.. rounds.SelectMany(r => r)], alpha);
        rounds = [.. rounds.Where(r => r.Count > 0)];
        return (rounds.Count < FewestRounds ? Verdict.Undecided : Of(interval, rounds), interval);
    }

    private Verdict Of(MedianInterval interval, IReadOnlyList<IReadOnlyCollection<double>> rounds) =>
        interval.Low > surely && MostRounds(rounds, m => m > surely) ? Verdict.Slower
        : interval.High < -surely && MostRounds(rounds, m => m < -surely) ? Verdict.Faster
        : interval.Low > -nearly && interval.High < nearly ? Verdict.Same
        : Verdict.Undecided;

    /// <summary>Three rounds in four: one unlucky place of the code, with many pairs timed there, is no verdict.</summary>
    private static bool MostRounds(IReadOnlyList<IReadOnlyCollection<double>> rounds, Func<double, bool> holds) =>
        4 * rounds.Count(r => holds(MedianInterval.Of(r, 1).Median)) >= 3 * rounds.Count;
}

namespace LatentConformance.Gate.Deciding;

/// <summary>
/// From logarithms of time ratios, candidate to baseline, round by round, to a verdict. A slowdown s is to be found: slower is what
/// surely exceeds √s, faster what surely stays below 1/√s, same what surely lies within the fourth root of s either way. The
/// two that raise an alarm have to be sure by rounds as well: within a round, where code lies and on which core its threads were put
/// is one draw for all its pairs.
/// </summary>
public sealed class Decision(double slowdown, double alpha)
{
    /// <summary>Each round loads the code anew. Fewer rounds are fewer places in memory that the code was tried in, even where nothing seems to differ.</summary>
    public const int FewestRounds = 4;

    private readonly double surely = Math.Log(slowdown) / 2;
    private readonly double nearly = Math.Log(slowdown) / 4;

    /// <summary>The fewest pairs from which a verdict can follow, and the fewest rounds from which slower or faster can.</summary>
    public int FewestPairs { get; } = SignTest.Fewest(alpha);

    public (Verdict Verdict, MedianInterval Interval) Of(IReadOnlyList<IReadOnlyCollection<double>> rounds)
    {
        var interval = MedianInterval.Of([.. rounds.SelectMany(r => r)], alpha);
        rounds = [.. rounds.Where(r => r.Count > 0)];
        return (rounds.Count < FewestRounds ? Verdict.Undecided : Of(interval, rounds), interval);
    }

    private Verdict Of(MedianInterval interval, IReadOnlyList<IReadOnlyCollection<double>> rounds) =>
        interval.Low > surely && EnoughRounds(rounds, m => m > 0) ? Verdict.Slower
        : interval.High < -surely && EnoughRounds(rounds, m => m < 0) ? Verdict.Faster
        : interval.Low > -nearly && interval.High < nearly ? Verdict.Same
        : Verdict.Undecided;

    /// <summary>Of one kernel compared with itself, a round's median lies on either side with the same chance, whatever its pairs have in common.</summary>
    private bool EnoughRounds(IReadOnlyList<IReadOnlyCollection<double>> rounds, Func<double, bool> holds) =>
        rounds.Count(r => holds(MedianInterval.Of(r, 1).Median)) >= SignTest.Enough(rounds.Count, alpha);
}

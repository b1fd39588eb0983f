namespace LatentConformance.Compare;

internal sealed record Entry(string Name, Kind Kind, double[] Milliseconds)
{
    public double Median => Spread.Of(Milliseconds).Median;
}

/// <summary>One bar in one run: who it was held against, and how many times as fast ours was.</summary>
internal sealed record Outcome(Bar Bar, Entry? Against, Spread? Ratio)
{
    public bool IsMet => Ratio is { } ratio && ratio.Median >= Bar.Least;
}

/// <summary>What a case cost everyone, round by round. Without a kernel of ours there is nothing that could meet a bar.</summary>
internal sealed record Measured(Case Case, IReadOnlyList<Entry> Entries, Agreement? Agreement)
{
    public Entry? Ours => Entries.FirstOrDefault(e => e.Kind == Kind.Ours);

    public bool IsMet => Ours is not null && Agreement is not { Holds: false } && Outcomes.All(o => o.IsMet);

    public IEnumerable<Outcome> Outcomes => Case.Bars.Select(Judge);

    /// <summary>The fastest is the one with the lowest median of all that the bar counts.</summary>
    private Outcome Judge(Bar bar)
    {
        var against = Entries.Where(e => bar.Counts(e.Name, e.Kind, Case.Copies)).MinBy(e => e.Median);
        return new Outcome(bar, against, Ours is null || against is null ? null : Spread.OfRatios(against.Milliseconds, Ours.Milliseconds));
    }

    public double GigabytesPerSecond(Entry entry) => (Case.BytesRead + Case.BytesWritten) / entry.Median / 1e6;
}

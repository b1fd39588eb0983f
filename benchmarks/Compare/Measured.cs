namespace LatentConformance.Compare;

/// <param name="Milliseconds">A call's, round by round; none where the device has too little memory for it.</param>
internal sealed record Entry(string Name, Kind Kind, double[] Milliseconds)
{
    public bool Fits => Milliseconds.Length > 0;

    public double Median => Spread.Of(Milliseconds).Median;
}

/// <summary>One bar in one run: who it was held against, and how many times as fast ours was. Who does not fit where ours does has lost.</summary>
internal sealed record Outcome(Bar Bar, Entry? Against, Spread? Ratio)
{
    public bool IsMet => Bar.IsShown || Against is { Fits: false } || (Ratio is { } ratio && ratio.Median >= Bar.Least);
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
        Entry[] counted = [.. Entries.Where(e => bar.Counts(e.Name, e.Kind, Case.Copies))];
        var against = counted.Where(e => e.Fits).MinBy(e => e.Median) ?? counted.FirstOrDefault();
        return new Outcome(bar, against, Ours is null || against is not { Fits: true } ? null : Spread.OfRatios(against.Milliseconds, Ours.Milliseconds));
    }

    public double GigabytesPerSecond(Entry entry) => (Case.BytesRead + Case.BytesWritten) / entry.Median / 1e6;
}

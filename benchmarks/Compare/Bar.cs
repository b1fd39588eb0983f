namespace LatentConformance.Compare;

internal enum BarKind
{
    /// <summary>So many times as fast as the fastest of the peers.</summary>
    FastestPeer,

    /// <summary>So many times as fast as the fastest peer that is written eagerly.</summary>
    EagerPeer,

    /// <summary>So many times as fast as OpenBLAS's matrix product of the same shape, which is a part of the work only.</summary>
    Sgemm,

    /// <summary>This share of the bandwidth that was measured in the same rounds.</summary>
    Bandwidth,
}

/// <summary>What a case asks for, as a ratio in one run.</summary>
internal sealed record Bar(BarKind Kind, double Least)
{
    public static Bar Fastest(double least) => new(BarKind.FastestPeer, least);

    public static Bar Eager(double least) => new(BarKind.EagerPeer, least);

    public static readonly Bar AsFastAsSgemm = new(BarKind.Sgemm, 1);

    public static readonly Bar SeventyPercent = new(BarKind.Bandwidth, 0.7);

    /// <summary>Whether a contestant is one that this bar is measured by.</summary>
    public bool Counts(string name, Kind kind, bool copies) => Kind switch
    {
        BarKind.FastestPeer => kind == Compare.Kind.Peer,
        BarKind.EagerPeer => kind == Compare.Kind.Peer && name.StartsWith("torch eager", StringComparison.Ordinal),
        BarKind.Sgemm => kind == Compare.Kind.Sgemm,
        _ => kind == (copies ? Compare.Kind.Copy : Compare.Kind.Read),
    };

    public override string ToString() => Kind switch
    {
        BarKind.FastestPeer => Text.Invariant($"{Least:0.0##}x fastest peer"),
        BarKind.EagerPeer => Text.Invariant($"{Least:0.0##}x torch eager"),
        BarKind.Sgemm => "sgemm",
        _ => Text.Invariant($"{Least:0 %} of bandwidth"),
    };
}

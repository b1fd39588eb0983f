namespace LatentConformance.Compare;

internal enum BarKind
{
    /// <summary>So many times as fast as the fastest of the peers.</summary>
    FastestPeer,

    /// <summary>So many times as fast as the fastest peer that is written eagerly.</summary>
    EagerPeer,

    /// <summary>So many times as fast as the peer that it names, which does what ours does.</summary>
    NamedPeer,

    /// <summary>So many times as fast as the library's matrix product of the same shape, which is a part of the work only.</summary>
    Sgemm,

    /// <summary>This share of the bandwidth that was measured in the same rounds.</summary>
    Bandwidth,

    /// <summary>This share of what a copy of as many bytes reached in the same rounds.</summary>
    Copy,
}

/// <summary>What a case asks for, as a ratio in one run.</summary>
internal sealed record Bar(BarKind Kind, double Least, string Peer = "")
{
    public static Bar Fastest(double least) => new(BarKind.FastestPeer, least);

    public static Bar Eager(double least) => new(BarKind.EagerPeer, least);

    public static Bar Against(string peer, double least) => new(BarKind.NamedPeer, least, peer);

    public static readonly Bar AsFastAsSgemm = new(BarKind.Sgemm, 1);

    public static readonly Bar SeventyPercent = new(BarKind.Bandwidth, 0.7);

    /// <summary>What share of the limit is reached: shown, and nothing asked.</summary>
    public static readonly Bar ShareOfSgemm = new(BarKind.Sgemm, 0);

    public static readonly Bar ShareOfCopy = new(BarKind.Copy, 0);

    public bool IsShown => Least == 0;

    /// <summary>Whether a contestant is one that this bar is measured by.</summary>
    public bool Counts(string name, Kind kind, bool copies) => Kind switch
    {
        BarKind.FastestPeer => kind == Compare.Kind.Peer,
        BarKind.EagerPeer => kind == Compare.Kind.Peer && name.StartsWith("torch eager", StringComparison.Ordinal),
        BarKind.NamedPeer => name == Peer,
        BarKind.Sgemm => kind == Compare.Kind.Sgemm,
        BarKind.Copy => kind == Compare.Kind.Copy,
        _ => kind == (copies ? Compare.Kind.Copy : Compare.Kind.Read),
    };

    public override string ToString() => Kind switch
    {
        BarKind.FastestPeer => Text.Invariant($"{Least:0.0##}x fastest peer"),
        BarKind.EagerPeer => Text.Invariant($"{Least:0.0##}x torch eager"),
        BarKind.NamedPeer => Text.Invariant($"{Least:0.0##}x {Peer}"),
        BarKind.Sgemm => IsShown ? "share of sgemm" : "sgemm",
        BarKind.Copy => "share of copy",
        _ => Text.Invariant($"{Least:0 %} of bandwidth"),
    };
}

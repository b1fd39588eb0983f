using System.Globalization;

namespace LatentConformance.Conformance.Running;

/// <summary>
/// Part i of n. An operation's cases stay together, for what they have in common explains a failure; the parts together
/// give what the whole gives.
/// </summary>
public sealed record Shard(int Index, int Count)
{
    public static Shard? Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && Whole(parts[0]) is { } index && Whole(parts[1]) is { } count && index >= 1 && index <= count
            ? new Shard(index, count)
            : null;
    }

    public bool Holds(string name) => Hash(name) % (uint)Count == Index - 1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>FNV-1a: the same on every machine, which string.GetHashCode is not.</summary>
    private static uint Hash(string name) => name.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);
}

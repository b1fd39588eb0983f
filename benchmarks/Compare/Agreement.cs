using LatentConformance.Contract;

namespace LatentConformance.Compare;

/// <summary>Whether both sides did the same work: a quick kernel that answers something else is not quicker.</summary>
internal sealed record Agreement(string Words, bool Holds)
{
    /// <summary>Roundings differ and choices at a boundary with them, in a few places of many.</summary>
    private const double FewEnough = 1e-3;

    /// <summary>Far above what float32 sums of some thousand terms differ by, far below what a wrong formula does.</summary>
    private const double Close = 1e-3;

    public static Agreement Of(Case asked, IReadOnlyDictionary<string, object> inputs, Array[] ours, Func<string, Array[]> answer, string? peer)
    {
        if (asked.Name == "vq_assign")
        {
            var counts = NearestCodes.Count((float[])inputs["z"], (float[])inputs["codebook"], asked.Size("D"), (long[])ours[0]);
            return new Agreement(counts.ToString(), counts.Wrong == 0 && (asked.Offset == 0 || counts.Ordinary == 0));
        }

        if (peer is null)
        {
            return new Agreement("nobody to agree with", true);
        }

        var theirs = answer(peer);
        var words = asked.Operation.Outputs.Select((field, i) => Off(field, ours[i], theirs[i])).ToArray();
        return new Agreement(
            string.Join("; ", words.Select(w => $"{w.Off} of {w.All} of {w.Name} differ from {peer}'s")),
            words.All(w => w.Off <= FewEnough * w.All));
    }

    private static (string Name, int Off, int All) Off(Field field, Array ours, Array theirs)
    {
        if (ours.Length != theirs.Length)
        {
            return (field.Name, ours.Length, ours.Length);
        }

        if (ours is long[] indices)
        {
            return (field.Name, indices.Zip((long[])theirs).Count(p => p.First != p.Second), indices.Length);
        }

        var (mine, other) = ((float[])ours, (float[])theirs);
        var scale = Math.Sqrt(other.Sum(v => (double)v * v) / other.Length);
        var off = 0;
        for (var i = 0; i < mine.Length; i++)
        {
            off += Math.Abs((double)mine[i] - other[i]) <= Close * (Math.Abs(other[i]) + scale) ? 0 : 1;
        }

        return (field.Name, off, mine.Length);
    }
}

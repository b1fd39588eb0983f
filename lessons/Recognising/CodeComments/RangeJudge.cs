namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>A range in a comment against where the code leaves the numbers.</summary>
internal static class RangeJudge
{
    private const double Slack = 1e-6;

    public static Verdict Compare(RangeNote note, Interval range)
    {
        // With symbols that only one of them has there is nothing to compare.
        var symbols = range.Low.Symbols.Union(range.High.Symbols).ToHashSet();
        if (!symbols.SetEquals(note.Low.Symbols.Union(note.High.Symbols)))
        {
            return Verdict.Silent;
        }

        var low = Sides(note.Low, range.Low);
        var high = Sides(note.High, range.High);
        if (low.All(s => s == 0) && high.All(s => s == 0))
        {
            return Verdict.Right;
        }

        if (low.All(s => s <= 0) && high.All(s => s >= 0))
        {
            return !note.IsTarget ? Verdict.Right
                : low.Zip(high).All(s => s.First < 0 || s.Second > 0) ? Verdict.Wrong : Verdict.Silent;
        }

        return range.IsTight && low.Zip(high).All(s => s.First > 0 || s.Second < 0) ? Verdict.Wrong : Verdict.Silent;
    }

    public static string Written(RangeNote note, Interval range, string text) =>
        text[note.At] is not ('[' or '(') ? $"{range.Low.Text} and {range.High.Text}" : $"{text[note.At]}{range.Low.Text}, {range.High.Text}{text[note.At + note.Length - 1]}";

    /// <summary>At each choice of the symbols: is it left of it, there, or right of it?</summary>
    private static int[] Sides(Formula printed, Formula real) =>
        [.. printed.At.Zip(real.At).Select(p => Math.Abs(p.First - p.Second) <= Slack * Math.Max(1, Math.Abs(p.Second)) ? 0 : Math.Sign(p.First - p.Second))];
}

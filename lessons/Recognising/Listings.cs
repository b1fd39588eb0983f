using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising;

/// <summary>Mistakes that listings copy from each other, where the lines of one listing show them.</summary>
internal static partial class Listings
{
    public static IEnumerable<Judgement> In(Code code)
    {
        var text = code.Text.Text;
        return Scrambled(code.Text, text).Concat(Untracked(code.Text, text));
    }

    /// <summary>Rows of [B·H·W, D] put back on [B, D, H, W] by reshaping alone: channels and positions change places.</summary>
    private static IEnumerable<Judgement> Scrambled(Flat flat, string text)
    {
        var moved = Flattened().Matches(text).Select(m => m.Groups["map"].Value).ToHashSet();
        if (moved.Count == 0)
        {
            yield break;
        }

        foreach (Match back in Back().Matches(text))
        {
            var end = text.IndexOf('\n', back.Index);
            var rest = text.AsSpan(back.Index, (end < 0 ? text.Length : end) - back.Index);
            if (moved.Contains(back.Groups["map"].Value) && !rest.Contains("permute", StringComparison.Ordinal) && !rest.Contains("transpose", StringComparison.Ordinal))
            {
                var it = back.Groups["it"];
                yield return new Judgement(flat, it.Index, it.Length, [], new Fault(
                    Severity.Wrong,
                    it.Value,
                    ".view(B, H, W, D).permute(0, 3, 1, 2)",
                    "the rows were made by permute(0, 2, 3, 1)",
                    $"{it.Value} scrambles channels and positions: undo the permutation too, with .view(B, H, W, D).permute(0, 3, 1, 2).",
                    "vq.reshape"))
                { Rule = "scrambled-map" };
            }
        }
    }

    /// <summary>A test that expects a gradient of tensors none of which asks for one.</summary>
    private static IEnumerable<Judgement> Untracked(Flat flat, string text)
    {
        var expected = ExpectsGradient().Match(text);
        if (expected.Success && text.Contains("torch.tensor(", StringComparison.Ordinal) && !Tracks().IsMatch(text))
        {
            var it = expected.Groups["it"];
            yield return new Judgement(flat, it.Index, it.Length, [], new Fault(
                Severity.Wrong,
                it.Value,
                "False",
                "torch.tensor(…) tracks no gradient",
                "No input of this listing tracks a gradient, so requires_grad is False; create z_e with requires_grad=True.",
                "ste.t-grad"))
            { Rule = "untracked" };
        }
    }

    [GeneratedRegex(@"(?<map>[A-Za-z_][A-Za-z0-9_]*)\.permute\( ?0, ?2, ?3, ?1 ?\)(?:\.contiguous\(\))?\.(?:reshape|view)\( ?-1", RegexOptions.NonBacktracking)]
    private static partial Regex Flattened();

    [GeneratedRegex(@"(?<it>\.(?:(?:reshape|view)_as\( ?(?<map>[A-Za-z_][A-Za-z0-9_]*) ?\)))", RegexOptions.NonBacktracking)]
    private static partial Regex Back();

    [GeneratedRegex(@"#[^\n]*requires_grad (?:should be|is) (?<it>True)", RegexOptions.NonBacktracking)]
    private static partial Regex ExpectsGradient();

    [GeneratedRegex(@"requires_grad ?= ?True|requires_grad_\(|nn\.|Parameter\(|GradientTape|\.forward\(|model", RegexOptions.NonBacktracking)]
    private static partial Regex Tracks();
}

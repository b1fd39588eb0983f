using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising;

/// <summary>
/// Statements that lessons copy from each other and that a claim of the spec disproves. Each pattern is narrow: a page that says the
/// opposite, or says it of something else, does not match.
/// </summary>
public sealed partial class KnownWrong(string name, Regex pattern, string right, string correction, string claim)
{
    /// <summary>Signs that are written in several ways are one before a pattern looks: ‖ is ||, − is -, ² is ^2.</summary>
    private static readonly (char From, char To)[] Alike = [('−', '-'), ('–', '-'), ('‖', '|'), ('∥', '|'), ('ₑ', 'e'), ('·', '*'), ('×', '*'), ('²', '2')];

    private static readonly System.Buffers.SearchValues<char> Levellable = System.Buffers.SearchValues.Create([.. Alike.Select(a => a.From)]);

    public static readonly IReadOnlyList<KnownWrong> All =
    [
        new("codebook-label", CodebookLabel(), "commitment loss", "‖z_e − sg[z_q]‖² moves the encoder: it is the commitment loss, and the codebook loss is ‖sg[z_e] − e‖².", "a.loss.codebook"),
        new("commitment-label", CommitmentLabel(), "codebook loss", "‖sg[z_e] − e‖² moves the codes: it is the codebook loss, and the commitment loss is β‖z_e − sg[e]‖².", "a.loss.commit"),
        new("commitment-without-encoder", CommitmentWithoutEncoder(), "‖z_e − sg[e]‖²", "The commitment loss is β‖z_e − sg[e]‖²; sg[e] against z_q is zero and holds no encoder.", "a.commit.formula1"),
        new("collapse-sigma", CollapseSigma(), "σ → 1 and μ → 0", "In posterior collapse σ goes to 1 and μ to 0, where the KL is zero; with σ → ∞ it grows without bound.", "c.collapse.sigma"),
        new("fsq-tanh", FsqTanh(), "round((L − 1)/2 · tanh(z)), L odd", "round(L · tanh(z)) takes 2L + 1 values; for L levels with L odd write round((L − 1)/2 · tanh(z)).", "fsq.formula"),
        new("elbo-sign", ElboSign(), "the negative ELBO", "The sum of reconstruction loss and KL is the negative ELBO: minimising it maximises the bound.", "c.elbo.name"),
        new("argmin-vector", ArgminVector(), "z_q = e_k, k = argmin_k ‖z_e − e_k‖²", "The argmin is the index of a code and the quantized vector is that code: z_q = e_k with k = argmin_k ‖z_e − e_k‖².", "vq.argmin-type"),
        new("half-the-codes", HalfTheCodes(), "half of the codes, one bit of log2 K", "Below 50 % half of the codes are unused, which is one bit of log2 K per position and not half of the capacity.", "ema.50pc"),
        new("norm-called-mean", NormCalledMean(), "squared error, summed", "‖x − x̂‖² is the sum of the squared errors; the mean squared error divides it by the number of values.", "c.loss.formula"),
    ];

    /// <summary>By the prose, a paragraph or a listing at a time.</summary>
    internal static IEnumerable<Judgement> In(Flat flat)
    {
        var text = Levelled(flat.Text);
        foreach (var one in All)
        {
            foreach (var match in one.Matches(text).Where(m => !IsDenied(text, m.Index, m.Length)))
            {
                yield return new Judgement(flat, match.Index, match.Length, [], new Fault(Severity.Wrong, flat.Text.Substring(match.Index, match.Length), one.Right, one.Right, one.Correction, one.Claim)) { Rule = one.Name };
            }
        }
    }

    public string Name => name;

    public string Claim => claim;

    private string Right => right;

    public string Correction => correction;

    private IEnumerable<(int Index, int Length)> Matches(string text) => pattern.Matches(text).Select(m => m.Groups["it"] is { Success: true } it ? (it.Index, it.Length) : (m.Index, m.Length));

    /// <summary>A sentence that warns of the statement makes it all the same.</summary>
    private static bool IsDenied(string text, int at, int length)
    {
        var from = Math.Max(0, at - Around);
        var before = text.AsSpan(from, at - from);
        var stop = Math.Max(before.LastIndexOf(". ", StringComparison.Ordinal), before.LastIndexOf('\n'));
        var end = at + length;
        var behind = text.AsSpan(end, Math.Min(Around, text.Length - end));
        var ends = behind.IndexOf(". ", StringComparison.Ordinal);
        var line = behind.IndexOf('\n');
        ends = ends < 0 || (line >= 0 && line < ends) ? line : ends;
        behind = ends < 0 ? behind : behind[..ends];
        return Denial().IsMatch(stop < 0 ? before : before[stop..]) || Denial().IsMatch(text.AsSpan(at, length)) || Denial().IsMatch(behind);
    }

    private static string Levelled(string text)
    {
        if (text.AsSpan().IndexOfAny(Levellable) < 0)
        {
            return text;
        }

        return string.Create(text.Length, text, (span, from) =>
        {
            from.AsSpan().CopyTo(span);
            foreach (var (a, b) in Alike)
            {
                span.Replace(a, b);
            }
        });
    }

    private const int Around = 120;

    private const string Bars = @"\|{1,2} ?";
    private const string Encoded = @"(?:z_?e|z_?\{e\}|ze|z_?\{?e\}?\(x\))";
    private const string Code = @"(?:z_?q|z_?\{q\}|zq|e|e_?k|e_?\{k\}|e_?i)";
    private const string Square = @" ?\|{1,2} ?(?:\^?\{?2\}?|_2\^2)?";

    [GeneratedRegex(@"\b(?:not|never|isn't|isn’t|doesn't|doesn’t|don't|don’t|wrong|wrongly|incorrect|incorrectly|mistake|mistakes|mistaken|mistakenly|instead|myth|false|falsely|confused?|swapped|minus|negative|some say|people say|it is said)\b|\?", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Denial();

    [GeneratedRegex("[Cc]odebook (?:loss|term) ?(?::|=|is) ?(?<it>" + Bars + Encoded + @" ?- ?sg ?[\[\(] ?" + Code + @" ?[\]\)]" + Square + ")", RegexOptions.NonBacktracking)]
    private static partial Regex CodebookLabel();

    [GeneratedRegex("[Cc]ommitment (?:loss|term) ?(?::|=|is) ?(?<it>" + Bars + @"sg ?[\[\(] ?" + Encoded + @" ?[\]\)] ?- ?" + Code + Square + ")", RegexOptions.NonBacktracking)]
    private static partial Regex CommitmentLabel();

    [GeneratedRegex(@"encoder[^.]{0,80}codebook (?:entry|vector|code): ?(?<it>" + Bars + @"sg ?[\[\(] ?e ?[\]\)] ?- ?z_?q" + Square + ")", RegexOptions.NonBacktracking)]
    private static partial Regex CommitmentWithoutEncoder();

    [GeneratedRegex(@"(?:collapse|ignores? the latent|ignore the latent space)[^.]{0,160}(?<it>(?:σ|sigma|\\sigma) ?(?:→|->|\\to|goes to|to) ?(?:∞|infinity|\\infty))", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CollapseSigma();

    [GeneratedRegex(@"(?<it>(?:i|q|z_?q|code|index) ?= ?round\(L(?:_?i|_?\{i\}|i)? ?[\*]? ?tanh\(z(?:_?i|_?\{i\}|i)?\)\))", RegexOptions.NonBacktracking)]
    private static partial Regex FsqTanh();

    [GeneratedRegex(@"[Tt]he sum of (?:these|the) two (?:terms|losses) is called (?<it>the ELBO)", RegexOptions.NonBacktracking)]
    private static partial Regex ElboSign();

    [GeneratedRegex(@"(?:^| )(?<it>z_?\{?q\}? ?= ?(?:arg ?min|\\arg\\min)[_{} a-z]{0,6} ?\|{1,2} ?z_?\{?e\}? ?- ?e_?\{?k\}? ?\|{1,2}(?:\^?\{?2\}?)?)", RegexOptions.NonBacktracking)]
    private static partial Regex ArgminVector();

    [GeneratedRegex(@"[Bb]elow 50 ?% (?<it>(?:means|wastes) half (?:of )?(?:your |the )?(?:representational )?capacity)", RegexOptions.NonBacktracking)]
    private static partial Regex HalfTheCodes();

    [GeneratedRegex(@"(?:[Ll]oss|L) ?= ?(?<it>\|{1,2} ?x ?- ?(?:x̂|x_hat|\\hat\{?x\}?) ?\|{1,2}(?:\^?\{?2\}?) ?\(mean squared error\))", RegexOptions.NonBacktracking)]
    private static partial Regex NormCalledMean();
}

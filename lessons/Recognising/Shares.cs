using System.Globalization;
using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising;

/// <summary>
/// What a paragraph says of a table of KLs above it: their total, that total weighed with beta, and what share of the loss it is.
/// </summary>
internal static partial class Shares
{
    /// <param name="cells">The KL column of the table above, each with what it should be.</param>
    public static IEnumerable<Judgement> In(Flat flat, IReadOnlyList<(Judgement Judgement, double Printed, double Right, double Room)> cells)
    {
        var text = flat.Text;
        if (!text.Contains("KL", StringComparison.Ordinal) || Total().Match(text) is not { Success: true } found)
        {
            yield break;
        }

        var total = Value(found, "kl");
        var right = total;
        if (cells.Count > 1)
        {
            var (sum, room) = (cells.Sum(c => c.Printed), cells.Sum(c => c.Room) + Digits.HalfUnit(found.Groups["kl"].Value));
            var root = cells.Select(c => c.Judgement).FirstOrDefault(j => j.Fault is { Severity: Severity.Wrong });
            var better = cells.Sum(c => c.Right);
            var follows = Math.Abs(sum - total) <= room;
            var isRight = Math.Abs(better - total) <= Digits.HalfUnit(found.Groups["kl"].Value) * (1 + 1e-9);
            if (!follows && !isRight && Math.Abs(sum - total) > 0.25 * sum)
            {
                yield break;
            }

            right = better;
            yield return Judged(flat, found.Groups["kl"], isRight || (follows && root is null) ? null : better, $"the KLs above add up to {Digits.Short(Math.Round(better, 6))}", "The total KL", root);
        }

        // Its share at beta = 1 is of the loss that the same sentence gives.
        if (Reconstruction().Match(text) is not { Success: true } other)
        {
            yield break;
        }

        var recon = Value(other, "recon");
        if (Percent().Match(text, other.Index) is { Success: true } percent)
        {
            var share = 100 * total / (recon + total);
            var isAbout = percent.Groups["about"].Length > 0;
            yield return Judged(flat, percent.Groups["share"], Math.Abs(share - Value(percent, "share")) <= Digits.HalfUnit(percent.Groups["share"].Value) * (isAbout ? 2 : 1) ? null : share, $"{found.Groups["kl"].Value} / ({other.Groups["recon"].Value} + {found.Groups["kl"].Value})", "The KL's share in percent", null);
        }

        if (Weighed().Match(text, found.Index) is not { Success: true } weighed)
        {
            yield break;
        }

        var (beta, kl) = (Value(weighed, "beta"), weighed.Groups["kl"]);
        var isTimes = Math.Abs((beta * total) - Value(weighed, "kl")) <= Digits.HalfUnit(kl.Value) + (beta * Digits.HalfUnit(found.Groups["kl"].Value));
        var weighedRight = beta * right;
        var fits = Math.Abs(weighedRight - Value(weighed, "kl")) <= Digits.HalfUnit(kl.Value) * (1 + 1e-9);
        var cause = isTimes && !fits ? cells.Select(c => c.Judgement).FirstOrDefault(j => j.Fault is { Severity: Severity.Wrong }) : null;
        yield return Judged(flat, kl, fits || (isTimes && cause is null) ? null : weighedRight, $"{weighed.Groups["beta"].Value} × {Digits.Short(Math.Round(right, 6))}", $"The KL at β = {weighed.Groups["beta"].Value}", cause);

        if (Half().Match(text, kl.Index + kl.Length) is { Success: true } half && half.Index < kl.Index + kl.Length + 40)
        {
            var share = weighedRight / (recon + weighedRight);
            var phrase = half.Groups["half"];
            var judgement = new Judgement(flat, phrase.Index, phrase.Length, [], null) { Rule = "share" };
            var printed = Value(weighed, "kl") / (recon + Value(weighed, "kl"));
            yield return share is >= 0.4 and <= 0.6 || printed is >= 0.4 and <= 0.6 ? judgement : judgement with
            {
                Fault = new Fault(
                    Severity.Conclusion,
                    phrase.Value,
                    string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %"),
                    $"{Digits.Short(weighedRight)} / ({other.Groups["recon"].Value} + {Digits.Short(weighedRight)})",
                    string.Create(CultureInfo.InvariantCulture, $"At β = {weighed.Groups["beta"].Value} the KL is {100 * share:0.#} % of the loss, not {phrase.Value}; it would be half at β = {recon / right:0.#}."),
                    "kl.b10s"),
            };
        }
    }

    private static Judgement Judged(Flat flat, Group printed, double? right, string formula, string what, Judgement? root)
    {
        var judgement = new Judgement(flat, printed.Index, printed.Length, [], null) { Rule = "share", Root = root };
        if (right is not { } value)
        {
            return judgement;
        }

        var better = Digits.Like(printed.Value, value);
        return judgement with { Fault = new Fault(Severity.Wrong, printed.Value, better, formula, $"{what} is {better}, not {printed.Value}.") };
    }

    private static double Value(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[Tt]otal KL(?: is| =|:) ?(?<kl>[0-9]{1,6}(?:\.[0-9]{1,6})?)", RegexOptions.NonBacktracking)]
    private static partial Regex Total();

    [GeneratedRegex(@"reconstruction (?:loss|term|error) of(?:,? say,?)? ?(?<recon>[0-9]{1,6}(?:\.[0-9]{1,6})?)", RegexOptions.NonBacktracking)]
    private static partial Regex Reconstruction();

    [GeneratedRegex(@"KL is (?:only |just )?(?<about>~|about |roughly )?(?<share>[0-9]{1,3}(?:\.[0-9]{1,4})?) ?% of the (?:total|loss)", RegexOptions.NonBacktracking)]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?:β|beta) ?= ?(?<beta>[0-9]{1,4}(?:\.[0-9]{1,4})?),? (?:the )?KL (?:term )?(?:becomes|is|grows to) (?<kl>[0-9]{1,6}(?:\.[0-9]{1,6})?)", RegexOptions.NonBacktracking)]
    private static partial Regex Weighed();

    [GeneratedRegex(@"(?<half>(?:nearly|about|almost|roughly) half)(?: of)? the (?:total|loss)", RegexOptions.NonBacktracking)]
    private static partial Regex Half();
}

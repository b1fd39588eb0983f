using System.Globalization;
using System.Text;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising;

/// <summary>
/// What an author asks for himself: `5.63&lt;!-- latent: kl_standard(mu: 3, sigma: 0.2) --&gt;` checks the number before it, and a fenced
/// claim block is run as one of the spec is. The reference answers.
/// </summary>
public sealed class Annotations(Catalogue catalogue, Oracle oracle, IAnswerer reference)
{
    /// <summary>No more than this may stand between a number and its note: a unit, a bracket, the end of an emphasis.</summary>
    private const int Farthest = 14;

    internal IEnumerable<Judgement> In(Flat flat, List<Token> tokens)
    {
        foreach (var note in flat.Notes.Where(n => !Notes.IsIgnore(n) && !Notes.IsEmpty(n)))
        {
            var before = tokens.FindLastIndex(t => t.Kind == TokenKind.Number && t.Start < note.At);
            yield return before >= 0 && note.At - tokens[before].End <= Farthest
                ? Numbered(flat, note, tokens[before], tokens.ElementAtOrDefault(before + 1))
                : new Judgement(flat, Math.Max(0, note.At - 1), 0, [], Bad(note.Text, "no number stands right before this note; put it behind the number that it checks")) { Rule = "note" };
        }
    }

    internal IEnumerable<(Judgement Judgement, int Offset)> In(ClaimBlock block, SourceText source)
    {
        List<(Judgement, int)> judged = [];
        try
        {
            var text = block.Text.Text;
            var named = (text.Contains("\nid:", StringComparison.Ordinal) || text.StartsWith("id:", StringComparison.Ordinal) ? "" : "id: here\n")
                + (text.Contains("\nsource:", StringComparison.Ordinal) || text.StartsWith("source:", StringComparison.Ordinal) ? "" : "source: this page\n")
                + (text.Contains("\nsays:", StringComparison.Ordinal) || text.StartsWith("says:", StringComparison.Ordinal) ? "" : "says: what stands here\n");
            foreach (var claim in new ClaimReader(catalogue).Read($"```claim\n{named}{text.TrimEnd()}\n```\n", source.Path))
            {
                var result = new ClaimRun(catalogue, oracle, seed: 1).Run(claim, reference);
                var fault = result.Outcome is Outcome.Fail or Outcome.Error
                    ? new Fault(Severity.Wrong, claim.Says, result.Message ?? "", claim.Id, $"The claim {claim.Id} does not hold: {result.Message}", null)
                    : null;
                judged.Add((new Judgement(block.Text, 0, 0, [], fault) { Rule = "claim" }, block.Offset));
            }
        }
        catch (SpecError wrong)
        {
            judged.Add((new Judgement(block.Text, 0, 0, [], Bad("claim", Said(wrong))) { Rule = "claim" }, block.Offset));
        }

        return judged;
    }

    private Judgement Numbered(Flat flat, Note note, Token number, Token next)
    {
        var isPercent = next.Kind == TokenKind.Percent && next.Start == number.End;
        var judgement = new Judgement(flat, number.Start, number.Length + (isPercent ? 1 : 0), [], null) { Rule = "note" };
        var printed = flat.Text.Substring(number.Start, judgement.Length);
        try
        {
            var page = $"```claim\nid: here\nsource: here\nsays: here\ncheck: {WithSigma(note.Text)} = {Literal(number.Number!, printed, isPercent)}\n```\n";
            var claim = new ClaimReader(catalogue).Read(page, "note").Single();
            var (_, compared) = new ClaimRun(catalogue, oracle, seed: 1).Evaluate(claim, reference).Single();
            if (compared.Holds)
            {
                return judgement;
            }

            var value = compared.First is { } first ? first.Left : double.NaN;
            var better = Digits.Like(printed, value);
            return judgement with { Fault = new Fault(Severity.Wrong, printed, better, note.Text, $"{note.Text} is {better}, not {printed}.") };
        }
        catch (SpecError wrong)
        {
            return judgement with { Fault = Bad(note.Text, Said(wrong)) };
        }
        catch (Unanswered refused)
        {
            return judgement with { Fault = Bad(note.Text, refused.Message) };
        }
    }

    private static Fault Bad(string text, string why) => new(Severity.Wrong, text, "a note that can be evaluated", "", $"'{text}' cannot be evaluated: {why}");

    /// <summary>Places in a text that only we have seen help nobody.</summary>
    private static string Said(SpecError wrong) => wrong.Message.StartsWith(wrong.Position.ToString(), StringComparison.Ordinal) ? wrong.Message[(wrong.Position.ToString().Length + 2)..] : wrong.Message;

    private static string Literal(Numeral number, string printed, bool isPercent)
    {
        var digits = new string([.. printed.Where(c => char.IsAsciiDigit(c) || c == '.')]);
        var exponent = number.Suffix is { Length: > 0 } ? Math.Round(Math.Log10(number.Value / double.Parse(digits, CultureInfo.InvariantCulture))) : 0;
        return digits + (exponent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{exponent}")) + (isPercent ? "%" : "");
    }

    /// <summary>Lessons speak of sigma and of the variance where the operations take the logarithm: sigma: s is logvar: log((s)^2).</summary>
    internal static string WithSigma(string expression)
    {
        var text = new StringBuilder();
        for (var at = 0; at < expression.Length;)
        {
            var (name, power) = Starts(expression, at, "sigma:") ? ("sigma:", 2) : Starts(expression, at, "variance:") ? ("variance:", 1) : ("", 0);
            if (power == 0)
            {
                text.Append(expression[at++]);
                continue;
            }

            var (end, depth) = (at + name.Length, 0);
            while (end < expression.Length && (depth > 0 || expression[end] is not (',' or ')')))
            {
                depth += expression[end] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
                end++;
            }

            text.Append(CultureInfo.InvariantCulture, $"logvar: log(({expression[(at + name.Length)..end].Trim()})^{power})");
            at = end;
        }

        return text.ToString();
    }

    private static bool Starts(string text, int at, string name) =>
        string.CompareOrdinal(text, at, name, 0, name.Length) == 0 && (at == 0 || text[at - 1] is '(' or ' ' or ',');
}

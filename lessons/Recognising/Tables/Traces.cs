using System.Globalization;
using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>Printed progress of a training run, "Loss: 48.2 BCE: 44.8 KL: 3.4": the loss is the sum of its two terms.</summary>
internal static partial class Traces
{
    private const int Witnesses = 2;

    public static IReadOnlyList<Judgement> In(IEnumerable<Flat> texts)
    {
        var judged = new List<Judgement>();
        foreach (var flat in texts)
        {
            for (var start = 0; start < flat.Text.Length;)
            {
                var end = flat.Text.IndexOf('\n', start);
                end = end < 0 ? flat.Text.Length : end;
                if (end - start < 400 && Judge(flat, start, end - start) is { } judgement)
                {
                    judged.Add(judgement);
                }

                start = end + 1;
            }
        }

        // A weight on the KL, or a third term, shows in most of the lines.
        var right = judged.Count(j => j.Fault is null);
        var told = judged.Count(j => j.Fault is null && j.Value is not 0);
        return told >= Witnesses && right * 2 >= judged.Count && !IsWarmUp(judged) ? judged : [];
    }

    /// <summary>The first lines of a run may weigh the KL with less than one; they come to less than the sum.</summary>
    private static bool IsWarmUp(List<Judgement> judged)
    {
        var first = judged.TakeWhile(j => j.Fault is not null).ToArray();
        return first.Length > 0 && first.Length == judged.Count(j => j.Fault is not null)
            && first.All(j => double.Parse(j.Fault!.Printed, CultureInfo.InvariantCulture) - double.Parse(j.Fault.Right, CultureInfo.InvariantCulture) is < 0 and var less && less >= -j.Value!.Value);
    }

    private static Judgement? Judge(Flat flat, int start, int length)
    {
        var line = flat.Text.AsSpan(start, length);
        if (!line.Contains("KL", StringComparison.OrdinalIgnoreCase) || !Line().IsMatch(line))
        {
            return null;
        }

        var match = Line().Match(flat.Text, start, length);
        var (loss, terms) = (match.Groups["loss"], new[] { match.Groups["recon"], match.Groups["kl"] });
        var values = terms.Select(t => double.Parse(t.Value, CultureInfo.InvariantCulture)).ToArray();
        var room = terms.Append(loss).Sum(n => Digits.HalfUnit(n.Value));
        var judgement = new Judgement(flat, loss.Index, loss.Length, [.. terms.Select(t => (t.Index, t.Length))], null) { Rule = "trace", Value = values[1] };
        if (Math.Abs(values.Sum() - double.Parse(loss.Value, CultureInfo.InvariantCulture)) <= room * (1 + 1e-9))
        {
            return judgement;
        }

        var better = Digits.Like(loss.Value, values.Sum());
        return judgement with { Fault = new Fault(Severity.Wrong, loss.Value, better, $"{terms[0].Value} + {terms[1].Value}", $"{terms[0].Value} + {terms[1].Value} is {better}, not {loss.Value}.") };
    }

    [GeneratedRegex(@"[Ll]oss(?:: *| = *|=)(?<loss>[0-9]{1,6}(?:\.[0-9]{1,6})?)[ ,|(]+(?:BCE|[Rr]econ(?:struction)?|MSE)(?:: *| = *|=)(?<recon>[0-9]{1,6}(?:\.[0-9]{1,6})?)[ ,|]+(?:KL|KLD|kl)(?:: *| = *|=)(?<kl>[0-9]{1,6}(?:\.[0-9]{1,6})?)", RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}

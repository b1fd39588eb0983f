using System.Text;

namespace LatentConformance.Conformance.Running;

/// <summary>
/// What is known to be wrong and waits for its mend, one id a line with its message after a #. What is listed and still
/// wrong is no reason to fail; what is listed and right has to leave the list, or the list would hide its return.
/// </summary>
public sealed record Baseline(IReadOnlySet<string> Ids)
{
    private const string Head = "# latent baseline 1";

    public static Baseline Read(string text, string file)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (!lines[0].StartsWith(Head, StringComparison.Ordinal))
        {
            throw new SpecError(new Position(file, 1, 1), $"no baseline: expected a first line '{Head}'; latent verify --write-baseline {file} writes one");
        }

        var ids = lines.Select(l => l.Split('#')[0].Trim()).ToArray();
        var strange = Array.FindIndex(ids, i => i.Any(char.IsWhiteSpace));
        return strange < 0
            ? new Baseline(ids.Where(i => i.Length > 0).ToHashSet(StringComparer.Ordinal))
            : throw new SpecError(new Position(file, strange + 1, 1), $"'{ids[strange]}' is no id; expected one id a line, and a # before anything else");
    }

    public static string Write(Report report)
    {
        var text = new StringBuilder($"{Head}, spec {report.SpecVersion}: what {report.Implementation.Name} is known to fail\n");
        foreach (var result in report.Results.Where(r => IsWrong(r) && !r.Strict))
        {
            text.Append(result.Id).Append("  # ").Append(result.Message!.Replace('#', ' ')).Append('\n');
        }

        return text.ToString();
    }

    public Report Apply(Report report) => report.With([.. report.Results.Select(Apply)]);

    public Result Apply(Result result) => !Ids.Contains(result.Id) ? result
        : IsWrong(result) ? result with { Outcome = Outcome.ExpectedFailure }
        : result.Outcome == Outcome.Pass ? result with { Outcome = Outcome.Fail, Strict = false, Message = "passes after all; take it out of the baseline" }
        : result;

    private static bool IsWrong(Result result) => result.Outcome is Outcome.Fail or Outcome.Error or Outcome.ExpectedFailure;
}

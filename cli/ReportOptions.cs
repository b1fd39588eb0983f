using System.CommandLine;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Cli;

/// <summary>What becomes of a run: its format, what is known to fail already, whether strict cases decide.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string> format = CommonOptions.Format("text", "json", "junit", "sarif", "tap", "markdown");
    private readonly Option<bool> all = new("--all") { Description = "Text: every failure, not the first few of each operation." };
    private readonly Option<bool> strict = new("--strict") { Description = "Strict cases decide as core ones do." };
    private readonly Option<FileInfo?> baseline = new("--baseline") { Description = "Ids that are known to fail; one that passes after all is a failure." };
    private readonly Option<FileInfo?> writeBaseline = new("--write-baseline") { Description = "Write what fails now to this file, and exit 0." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { format, all, strict, baseline, writeBaseline })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Everything about files that can be known before the work.</summary>
    public void Check(ParseResult parsed)
    {
        Known(parsed);
        Terminal.RefuseUnlessWritable(parsed.GetValue(writeBaseline));
    }

    public int Finish(ParseResult parsed, Report report, string target, FileInfo? output)
    {
        report = parsed.GetValue(strict) ? report.Strictly() : report;
        report = Known(parsed)?.Apply(report) ?? report;
        if (parsed.GetValue(writeBaseline) is { } file)
        {
            Terminal.Results(Baseline.Write(report), file);
        }

        Terminal.Results(
            parsed.GetValue(format) switch
            {
                "json" => JsonReport.Verify(report, Latent.Version),
                "junit" => JunitReport.Verify(report),
                "sarif" => SarifReport.Verify(report, Latent.Version),
                "tap" => TapReport.Verify(report),
                "markdown" => MarkdownReport.Verify(report, target),
                _ => TextReport.Verify(report, Latent.Version, target, Terminal.Colour && output is null, parsed.GetValue(all)),
            },
            output);
        return report.Holds || parsed.GetValue(writeBaseline) is not null ? ExitCodes.Holds : ExitCodes.DoesNotHold;
    }

    private Baseline? Known(ParseResult parsed)
    {
        if (parsed.GetValue(baseline) is not { } file)
        {
            return null;
        }

        try
        {
            return Baseline.Read(File.ReadAllText(file.FullName), file.ToString());
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--baseline: cannot read {Terminal.Plain(file.ToString())}: {denied.Message.ReplaceLineEndings(" ")}; --write-baseline writes one");
        }
    }
}

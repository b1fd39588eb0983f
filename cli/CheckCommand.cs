using System.CommandLine;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using LatentConformance.Lessons.Checking;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising;
using LatentConformance.Lessons.Reports;
using LatentConformance.Reference;

namespace LatentConformance.Cli;

/// <summary>latent check: the numbers of a lesson, recomputed.</summary>
internal static class CheckCommand
{
    private const string SettingsFile = "latent.yml";

    public static Command Make()
    {
        var paths = new Argument<string[]>("FILE|DIR") { Arity = ArgumentArity.OneOrMore, Description = "Markdown, HTML, notebooks, plain text; - reads Markdown from standard input." };
        var format = CommonOptions.Format("text", "json", "github", "sarif", "markdown");
        var output = new Option<FileInfo?>("--output", "-o") { Description = "Write the results to a file in place of stdout." };
        var listed = new Option<bool>("--unchecked") { Description = "List the numbers that no rule understands, too." };
        var settings = new Option<FileInfo?>("--settings") { Description = "What the course says once; latent.yml of the current folder without it." };
        var command = new Command("check", "Recomputes the numbers of lessons, and names those that do not follow.") { paths, format, output, listed, settings };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.GetValue(paths)!, parsed.GetValue(format)!, parsed.GetValue(output), parsed.GetValue(listed), parsed.GetValue(settings), stop)));
        return command;
    }

    private static int Run(string[] paths, string format, FileInfo? output, bool listed, FileInfo? settingsFile, CancellationToken stop)
    {
        Terminal.RefuseUnlessWritable(output);
        var settings = SettingsOf(settingsFile);
        var check = new PageCheck(new Annotations(Catalogue.Standard, Wiring.Oracle, new InProcess(new ReferenceKernels())), settings);
        var report = new CheckReport(Pages(paths, settings, check, stop));
        foreach (var page in report.Pages.Where(p => p.Unreadable is not null))
        {
            Terminal.Error($"{page.Path} {page.Unreadable}");
        }

        var text = format switch
        {
            "json" => JsonCheck.Of(report, listed, Latent.Version),
            "github" => GithubCheck.Of(report),
            "sarif" => SarifCheck.Of(report, Latent.Version),
            "markdown" => MarkdownCheck.Of(report),
            _ => TextCheck.Of(report, listed, output is null && Terminal.Colour),
        };
        Terminal.Results(text, output);
        return report.IsWrong ? ExitCodes.DoesNotHold : report.IsUnreadable ? ExitCodes.CouldNotRun : ExitCodes.Holds;
    }

    private static PageReport[] Pages(string[] paths, Settings settings, PageCheck check, CancellationToken stop)
    {
        IReadOnlyList<string> files;
        try
        {
            files = LessonFiles.Of(paths.Where(p => p != "-"), settings);
        }
        catch (FileNotFoundException missing)
        {
            throw new UsageException(missing.Message);
        }

        if (files.Count == 0 && !paths.Contains("-"))
        {
            throw new UsageException($"nothing to check in {string.Join(", ", paths)}; expected .md, .html, .ipynb or .txt, or what 'files:' in {SettingsFile} names");
        }

        var named = paths.Contains("-") ? files.Prepend("-").ToArray() : [.. files];
        var pages = new PageReport[named.Length];
        var done = 0;
        Parallel.For(0, named.Length, new ParallelOptions { CancellationToken = stop }, i =>
        {
            pages[i] = One(named[i], check);
            Terminal.Progress(Interlocked.Increment(ref done), named.Length);
        });
        return pages;
    }

    private static PageReport One(string path, PageCheck check)
    {
        try
        {
            return check.Check(path == "-" ? FromStandardInput() : FileReader.Read(path));
        }
        catch (Exception wrong) when (wrong is UnreadableException or IOException or UnauthorizedAccessException)
        {
            return new PageReport(path, [], PageCoverage.None, [], wrong is UnreadableException ? wrong.Message : $"cannot be read: {wrong.Message}");
        }
    }

    private static SourceText FromStandardInput()
    {
        using var bytes = new MemoryStream();
        using var stdin = Console.OpenStandardInput();
        stdin.CopyTo(bytes);
        return FileReader.Decode("stdin.md", bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static Settings SettingsOf(FileInfo? named)
    {
        var file = named ?? new FileInfo(SettingsFile);
        if (!file.Exists)
        {
            return named is null ? Settings.None : throw new UsageException($"--settings: no file '{named}'");
        }

        try
        {
            return SettingsReader.Read(File.ReadAllText(file.FullName), named?.ToString() ?? SettingsFile);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {denied.Message}");
        }
    }
}

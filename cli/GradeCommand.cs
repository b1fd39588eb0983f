using System.CommandLine;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Wire;

namespace LatentConformance.Cli;

/// <summary>latent grade: answers that were given elsewhere, to the questions of latent vectors.</summary>
internal static class GradeCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var reporting = new ReportOptions();
        var file = new Argument<FileInfo>("answers") { Description = "A hello and then an answer a line, by the ids of 'latent vectors'." };
        var command = new Command("grade", "Judges answers that were given elsewhere.");
        command.Arguments.Add(file);
        foreach (var option in new Option[] { common.Filter, common.Operations, common.Output, common.SpecFolder, common.GoldensFolder })
        {
            command.Options.Add(option);
        }

        reporting.AddTo(command);
        command.SetAction(parsed =>
        {
            // Claims draw their inputs as they run, and nobody could have answered those in advance.
            var all = Wiring.Grounds(common.Shelf(parsed));
            var selection = common.Selection(parsed, all.Spec);
            var grounds = all with { Spec = SpecBook.Read([], all.Catalogue) };
            var answers = Written.Read(Lines(parsed.GetValue(file)!), parsed.GetValue(file)!.ToString(), grounds);
            var report = new Verification(grounds).Run(answers, selection, seed: 1);
            return reporting.Finish(parsed, report, $"FILE={parsed.GetValue(file)}", parsed.GetValue(common.Output));
        });
        return command;
    }

    private static string[] Lines(FileInfo file)
    {
        try
        {
            return File.ReadAllLines(file.FullName);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {Terminal.Plain(file.ToString())}: {denied.Message.ReplaceLineEndings(" ")}");
        }
    }
}

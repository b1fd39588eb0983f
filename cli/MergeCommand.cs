using System.CommandLine;
using LatentConformance.Conformance.Reports;

namespace LatentConformance.Cli;

/// <summary>latent merge: the shards of one run, put together to what the whole run would have said.</summary>
internal static class MergeCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var reporting = new ReportOptions();
        var files = new Argument<FileInfo[]>("reports") { Description = "What latent verify --shard i/n --format json --output FILE wrote, one file a shard.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("merge", "Puts the shards of a run together.");
        command.Arguments.Add(files);
        command.Options.Add(common.Output);
        reporting.AddTo(command);
        command.SetAction(parsed =>
        {
            var parts = parsed.GetValue(files)!.Select(f => (f.ToString(), JsonReportReader.Read(Text(f), f.ToString()))).ToArray();
            return reporting.Finish(parsed, JsonReportReader.Merge(parts), "", parsed.GetValue(common.Output));
        });
        return command;
    }

    private static string Text(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {Terminal.Plain(file.ToString())}: {denied.Message.ReplaceLineEndings(" ")}");
        }
    }
}

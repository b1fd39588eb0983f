using System.CommandLine;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Cli;

/// <summary>latent verify: an implementation against the goldens and the claims.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var format = CommonOptions.Format("text", "json", "junit");
        var target = new Argument<string>("implementation")
        {
            Description = "reference, My.dll or My.dll:ClassName",
            DefaultValueFactory = _ => "reference",
        };
        var command = new Command("verify", "Asks an implementation every vector and claim, and judges what it answers.");
        command.Arguments.Add(target);
        common.AddTo(command, common.Seed, format);
        command.SetAction((parsed, stop) => Task.FromResult(Run(common, parsed, parsed.GetValue(target)!, parsed.GetValue(format)!, stop)));
        return command;
    }

    private static int Run(CommonOptions common, ParseResult parsed, string target, string format, CancellationToken stop)
    {
        var output = parsed.GetValue(common.Output);
        var implementation = Target.Find(target);
        var grounds = Wiring.Grounds(common.Shelf(parsed));
        var selection = common.Selection(parsed, grounds.Spec);
        var seed = parsed.GetValue(common.Seed);
        Terminal.RefuseUnlessWritable(output);
        var report = new Verification(grounds).Run(implementation, selection, seed, Terminal.Progress, stop);
        if (report.Results.Count + report.Spec.Count == 0)
        {
            throw new UsageException("nothing matches what was asked for; 'latent claims' and 'latent ops' list what there is");
        }

        Terminal.Results(
            format switch
            {
                "json" => JsonReport.Verify(report, Latent.Version),
                "junit" => JunitReport.Verify(report),
                _ => TextReport.Verify(report, Latent.Version, $"latent verify {target}", Terminal.Colour && output is null),
            },
            output);
        return report.Holds ? ExitCodes.Holds : ExitCodes.DoesNotHold;
    }
}

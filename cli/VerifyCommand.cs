using System.CommandLine;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Cli;

/// <summary>latent verify: an implementation against the goldens and the claims.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var target = new TargetOptions();
        var reporting = new ReportOptions();
        var smoke = new Option<bool>("--smoke") { Description = "Only ask whether an adapter speaks the protocol, with three easy operations." };
        var failFast = new Option<bool>("--fail-fast") { Description = "Ask nothing more after the first failure." };
        var shard = ShardOption();
        var command = new Command("verify", "Asks an implementation every vector and claim, and judges what it answers.");
        target.AddTo(command);
        common.AddTo(command, common.Seed, smoke, failFast, shard);
        reporting.AddTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(parsed.GetValue(smoke)
            ? SmokeCommand.Run(common, target, parsed)
            : Run(common, target, reporting, parsed, parsed.GetValue(failFast), Shard.Parse(parsed.GetValue(shard) ?? ""), stop)));
        return command;
    }

    private static int Run(
        CommonOptions common, TargetOptions target, ReportOptions reporting, ParseResult parsed, bool failFast, Shard? shard, CancellationToken stop)
    {
        var output = parsed.GetValue(common.Output);
        var grounds = Wiring.Grounds(common.Shelf(parsed));
        var selection = common.Selection(parsed, grounds.Spec) with { Shard = shard };
        Terminal.RefuseUnlessWritable(output);
        reporting.Check(parsed);
        using var implementation = target.Open(parsed);
        var report = new Verification(grounds).Run(implementation.Answerer, selection, parsed.GetValue(common.Seed), failFast, Terminal.Progress, stop);
        return report.Results.Count + report.Spec.Count == 0 && shard is null
            ? throw new UsageException("nothing matches what was asked for; 'latent claims' and 'latent ops' list what there is")
            : reporting.Finish(parsed, report, implementation.Shown, output);
    }

    private static Option<string?> ShardOption()
    {
        var option = new Option<string?>("--shard") { Description = "Part i of n of the run, as 2/5; 'latent merge' puts the parts together." };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Shard.Parse(result.Tokens[0].Value) is null)
            {
                result.AddError($"--shard is i/n with i from 1 to n, as 2/5, not '{result.Tokens[0].Value}'");
            }
        });
        return option;
    }
}

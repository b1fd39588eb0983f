using System.CommandLine;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>latent replay: one case or claim against an implementation, with everything that went in and came out.</summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var target = new TargetOptions();
        var id = new Argument<string>("id") { Description = "The id of a case or a claim, as a failure names it." };
        var command = new Command("replay", "Asks one case again and shows inputs, expected, got, the bound and how much of it was used.");
        command.Arguments.Add(id);
        target.AddTo(command);
        foreach (var option in new Option[] { common.Output, common.SpecFolder, common.GoldensFolder, common.Seed })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Run(common, target, parsed, parsed.GetValue(id)!));
        return command;
    }

    private static int Run(CommonOptions common, TargetOptions target, ParseResult parsed, string id)
    {
        var grounds = Wiring.Grounds(common.Shelf(parsed));
        var vector = grounds.Goldens.Values.SelectMany(g => g.Cases.Select(c => (grounds.Catalogue.Find(g.Operation)!, c))).FirstOrDefault(c => c.c.Id == id);
        var claim = grounds.Spec.Claims.FirstOrDefault(c => c.Id == id || c.Also.Contains(id));
        if (vector.c is null && claim is null)
        {
            var known = grounds.Goldens.Values.SelectMany(g => g.Cases.Select(c => c.Id)).Concat(grounds.Spec.Claims.Select(c => c.Id));
            throw new UsageException($"no case or claim '{Terminal.Plain(id)}'{Nearest.Hint(id, known)}; a failure of latent verify names its own");
        }

        using var implementation = target.Open(parsed);
        if (claim is not null)
        {
            var run = new ClaimRun(grounds.Catalogue, grounds.Oracle, parsed.GetValue(common.Seed));
            var result = run.Run(claim, implementation.Answerer);
            var evaluated = result.Outcome is Outcome.Pass or Outcome.Fail ? run.Evaluate(claim, implementation.Answerer) : [];
            Terminal.Results(Explanation.OfClaim(claim, result, evaluated, $"on {implementation.Answerer.Description.Name}"), parsed.GetValue(common.Output));
            return result.Outcome is Outcome.Fail or Outcome.Error ? ExitCodes.DoesNotHold : ExitCodes.Holds;
        }

        var asked = new Verification(grounds).Replay(implementation.Answerer, vector.Item1, vector.c!);
        Terminal.Results(Detail.Of(asked, Precision.Of(implementation.Answerer.Description.DType)), parsed.GetValue(common.Output));
        return asked.Outcome is Outcome.Fail or Outcome.Error ? ExitCodes.DoesNotHold : ExitCodes.Holds;
    }
}

using System.CommandLine;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Cli;

/// <summary>latent explain: everything known about one claim, vector or operation.</summary>
internal static class ExplainCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("id") { Description = "A claim, a vector (operation/case) or an operation." };
        var command = new Command("explain", "Shows a claim and what it evaluates to, a vector with its bound, or an operation.");
        command.Arguments.Add(id);
        command.Options.Add(common.SpecFolder);
        command.Options.Add(common.GoldensFolder);
        command.Options.Add(common.Seed);
        command.SetAction(parsed =>
        {
            Terminal.Results(Explained(Wiring.Grounds(common.Shelf(parsed)), parsed.GetValue(id)!, parsed.GetValue(common.Seed)), null);
            return ExitCodes.Holds;
        });
        return command;
    }

    private static string Explained(Grounds grounds, string id, ulong seed)
    {
        if (grounds.Spec.Claims.FirstOrDefault(c => c.Id == id || c.Also.Contains(id)) is { } claim)
        {
            var (run, reference) = (new ClaimRun(grounds.Catalogue, grounds.Oracle, seed), Target.Find("reference"));
            return Explanation.OfClaim(claim, run.Run(claim, reference), run.Evaluate(claim, reference));
        }

        if (grounds.Catalogue.Find(id) is { } operation)
        {
            return Explanation.OfOperation(operation, grounds);
        }

        var cases = grounds.Goldens.Values.SelectMany(g => g.Cases).ToArray();
        if (Array.Find(cases, c => c.Id == id) is { } one)
        {
            return Explanation.OfCase(one, grounds.Catalogue.Find(id.Split('/')[0])!);
        }

        var known = grounds.Spec.Claims.SelectMany(c => c.Also.Prepend(c.Id))
            .Concat(grounds.Catalogue.Operations.Select(o => o.Name))
            .Concat(cases.Select(c => c.Id));
        throw new UsageException($"no claim, vector or operation '{Terminal.Plain(id)}'{Nearest.Hint(id, known)}; 'latent claims' and 'latent ops' list them");
    }
}

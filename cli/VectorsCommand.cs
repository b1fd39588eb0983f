using System.CommandLine;
using System.Text;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>latent vectors: the questions as lines of the protocol, for answers to be given elsewhere and graded here.</summary>
internal static class VectorsCommand
{
    public static Command Make()
    {
        var common = new CommonOptions();
        var dtype = Named("--dtype", "The precision that the answers will be in.", [.. DTypes.Floating.Select(d => d.WireName())], "float32");
        var profile = Named("--profile", "The conventions that the answers will follow.", [.. Profile.Known.Select(p => p.Name).Prepend("none")], "none");
        var command = new Command("vectors", "Writes every question as a line of the protocol; 'latent grade' judges the answers.");
        foreach (var option in new Option[] { common.Filter, common.Operations, common.Output, common.SpecFolder, common.GoldensFolder, dtype, profile })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var grounds = Wiring.Grounds(common.Shelf(parsed));
            var selection = common.Selection(parsed, grounds.Spec);
            var conventions = Profile.Known.FirstOrDefault(p => p.Name == parsed.GetValue(profile)) ?? Profile.None;
            var precision = DTypes.Floating.First(d => d.WireName() == parsed.GetValue(dtype));
            var asked = new Description("vectors", "0", precision) { Conventions = conventions.Conventions, ByOperation = conventions.ByOperation };
            Terminal.RefuseUnlessWritable(parsed.GetValue(common.Output));
            var lines = Questions.All(grounds, asked, selection).Select(q => q.Line).Prepend(WireWriter.Hello(Shelf.SpecVersion, grounds.Catalogue));
            Terminal.Results(string.Concat(lines.Select(l => Encoding.UTF8.GetString(l.Span))), parsed.GetValue(common.Output));
            return ExitCodes.Holds;
        });
        return command;
    }

    private static Option<string> Named(string name, string description, string[] values, string otherwise)
    {
        var option = new Option<string>(name) { Description = $"{description} {string.Join(" | ", values)}", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !values.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{name}: no '{result.Tokens[0].Value}'{Nearest.Hint(result.Tokens[0].Value, values)}; expected {string.Join(" | ", values)}");
            }
        });
        return option;
    }
}

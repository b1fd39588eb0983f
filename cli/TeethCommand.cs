using System.CommandLine;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Cli;

/// <summary>latent teeth: every known mistake in the reference's place, and which cases catch it.</summary>
internal static class TeethCommand
{
    public static Command Make()
    {
        var goldens = new Option<DirectoryInfo?>("--goldens") { Description = "Read the goldens from this folder." };
        var uncaught = new Option<bool>("--uncaught") { Description = "List only the mistakes that nothing catches." };
        var command = new Command("teeth", "Shows which cases catch each known mistake; exits 1 when one gets through.");
        command.Options.Add(goldens);
        command.Options.Add(uncaught);
        command.SetAction(parsed =>
        {
            var all = Bites.OfAll(Wiring.Grounds(Shelf.Open(null, parsed.GetValue(goldens))));
            var shown = all.Where(b => !parsed.GetValue(uncaught) || !b.Everywhere).Select(b => b.ToString().TrimEnd());
            var caught = all.Count(b => b.Everywhere);
            var counts = $"{all.Count} mistakes, {caught} caught, {all.Count(b => b.OnlyStrict)} of them by strict cases only, {all.Count - caught} not";
            Terminal.Results(string.Join('\n', [.. shown, counts]) + "\n", null);
            return caught == all.Count ? ExitCodes.Holds : ExitCodes.DoesNotHold;
        });
        return command;
    }
}

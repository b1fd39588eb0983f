using System.CommandLine;
using LatentConformance.Conformance;
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
        var operations = new Option<string[]>("--op") { Description = "Only mistakes in this operation or gradient; may be given several times." };
        command.Options.Add(operations);
        command.Options.Add(goldens);
        command.Options.Add(uncaught);
        command.SetAction(parsed =>
        {
            var grounds = Wiring.Grounds(Shelf.Open(null, parsed.GetValue(goldens)));
            var asked = parsed.GetValue(operations) ?? [];
            if (asked.FirstOrDefault(o => grounds.Mistakes.All(m => m.Operation != o)) is { } strange)
            {
                throw new UsageException($"--op: no mistake is known in '{Terminal.Plain(strange)}'{Nearest.Hint(strange, grounds.Mistakes.Select(m => m.Operation).Distinct())}");
            }

            var all = Bites.OfAll(asked.Length == 0 ? grounds : grounds with { Mistakes = [.. grounds.Mistakes.Where(m => asked.Contains(m.Operation))] });
            var shown = all.Where(b => !parsed.GetValue(uncaught) || !b.Everywhere).Select(b => b.ToString().TrimEnd());
            var caught = all.Count(b => b.Everywhere);
            var counts = $"{all.Count} mistakes, {caught} caught, {all.Count(b => b.OnlyStrict)} of them by strict cases only, {all.Count - caught} not";
            Terminal.Results(string.Join('\n', [.. shown, counts]) + "\n", null);
            return caught == all.Count ? ExitCodes.Holds : ExitCodes.DoesNotHold;
        });
        return command;
    }
}

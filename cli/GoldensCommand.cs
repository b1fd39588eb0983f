using System.CommandLine;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>latent goldens accept: the one way to change a golden. latent goldens check: whether the reference still gives them.</summary>
internal static class GoldensCommand
{
    public static Command Make()
    {
        var command = new Command("goldens", "The verified outputs that every implementation is held against.");
        command.Subcommands.Add(Sub("accept", "Writes what the reference answers now as the golden of each operation.", Accept));
        command.Subcommands.Add(Sub("check", "Compares the goldens with what the reference answers now.", Check));
        return command;
    }

    private static Command Sub(string name, string description, Func<Shelf, int> run)
    {
        var folder = new Option<DirectoryInfo?>("--goldens") { Description = "The folder of the goldens." };
        var command = new Command(name, description);
        command.Options.Add(folder);
        command.SetAction(parsed => run(Shelf.Open(null, parsed.GetValue(folder))));
        return command;
    }

    private static int Accept(Shelf shelf)
    {
        var maker = Wiring.GoldenMaker(shelf);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var written = 0;
        foreach (var operation in Catalogue.Standard.Operations)
        {
            var golden = maker.Make(operation);
            var path = Path.Combine(shelf.GoldensFolder.FullName, $"{operation.Name}.verified.json");
            kept.Add(path);
            if (!GoldenDrift.IsCurrent(path, golden, operation))
            {
                File.WriteAllText(path, GoldenWriter.Write(golden));
                Terminal.Note($"accepted {operation.Name}: {golden.Cases.Count} cases");
                written++;
            }

            File.Delete(Path.Combine(shelf.GoldensFolder.FullName, $"{operation.Name}.received.json"));
        }

        foreach (var orphan in shelf.GoldensFolder.GetFiles("*.verified.json").Where(f => !kept.Contains(f.FullName)))
        {
            orphan.Delete();
            Terminal.Note($"removed {orphan.Name}: no such operation");
            written++;
        }

        Terminal.Results($"{kept.Count} goldens, {written} changed\n", null);
        return ExitCodes.Holds;
    }

    private static int Check(Shelf shelf)
    {
        var maker = Wiring.GoldenMaker(shelf);
        var stored = shelf.Goldens(Catalogue.Standard);
        var drifted = 0;
        foreach (var operation in Catalogue.Standard.Operations)
        {
            var golden = maker.Make(operation);
            if (GoldenDrift.Between(stored[operation.Name], golden) is { } drift)
            {
                File.WriteAllText(Path.Combine(shelf.GoldensFolder.FullName, $"{operation.Name}.received.json"), GoldenWriter.Write(golden));
                Terminal.Note($"{operation.Name}: {drift}");
                drifted++;
            }
        }

        Terminal.Results($"{stored.Count} goldens, {drifted} differ from the reference\n", null);
        return drifted == 0 ? ExitCodes.Holds : ExitCodes.DoesNotHold;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using LatentConformance.Contract;

namespace LatentConformance.Compare;

/// <summary>The command is wrong; the message says what was expected.</summary>
internal sealed class UsageException(string message) : Exception(message);

internal sealed partial record Options
{
    public const string Help = """
        benchmarks/compare [options]

        Runs our kernels and what a user would pick instead alternately on the same inputs, and prints the ratio with its spread.

          --op NAME[,NAME]   only these operations
          --case TEXT        only cases whose title holds this, as in "N=6144 K=8192"
          --rounds N         rounds of turns, 15 unless said
          --threads N        threads on either side, all cores unless said
          --device DEVICE    cpu, cuda or cuda:1: TorchSharp's kernels beside PyTorch on that device, under bars of their own
          --scaling          how vq_assign grows in N, K and D, and what a second thread gives, instead of the cases
          --output FILE      keeps the result, as in benchmarks/results/2026-01-31-epyc.md
          --list             the cases and their bars

        Exit 0 all bars are met, 1 one is not or the answers differ, 2 the command is wrong, 3 it could not run.
        """;

    public string[] Operations { get; init; } = [];

    public string Title { get; init; } = "";

    public int Rounds { get; init; } = 15;

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where TorchSharp's kernels and PyTorch's meet; null for the fast kernels and everything that the host has.</summary>
    public string? Device { get; init; }

    public bool Scaling { get; init; }

    public bool List { get; init; }

    public bool Helps { get; init; }

    public string? Output { get; init; }

    /// <summary>The cases asked for, in the order of the table.</summary>
    public Case[] Cases => [.. (Device is null ? Compare.Cases.All : Compare.Cases.OnDevice)
        .Where(c => Operations.Length == 0 || Operations.Contains(c.Name))
        .Where(c => c.Title.Contains(Title, StringComparison.Ordinal))];

    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new UsageException($"{name} takes a value, and there is none; --help shows all options");
            options = name switch
            {
                "--op" => options with { Operations = [.. options.Operations, .. Value().Split(',').Select(Known)] },
                "--case" => options with { Title = Value() },
                "--rounds" => options with { Rounds = Positive(name, Value()) },
                "--threads" => options with { Threads = Positive(name, Value()) },
                "--device" => options with { Device = Place(Value()) },
                "--output" => options with { Output = Value() },
                "--scaling" => options with { Scaling = true },
                "--list" => options with { List = true },
                "--help" or "-h" => options with { Helps = true },
                _ => throw new UsageException($"no option '{name}'; --help shows all options"),
            };
        }

        if (options is { Scaling: true, Device: not null })
        {
            throw new UsageException("--scaling is of the fast kernels on the host; leave out --device");
        }

        return options.Cases.Length > 0 ? options : throw new UsageException($"no case's title holds '{options.Title}'; --list shows them");
    }

    private static string Known(string operation) => Compare.Cases.All.Any(c => c.Name == operation)
        ? operation
        : throw new UsageException(Catalogue.Standard.Find(operation) is null
            ? $"no operation '{operation}'; --list shows what is compared"
            : $"no case compares {operation}; --list shows those that are");

    private static string Place(string device) => Places().IsMatch(device)
        ? device
        : throw new UsageException($"no device '{device}'; expected cpu, cuda or cuda:0");

    [GeneratedRegex(@"^(cpu|cuda(:\d{1,3})?)\z")]
    private static partial Regex Places();

    private static int Positive(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UsageException($"{name} takes a whole number above 0, not '{text}'");
}

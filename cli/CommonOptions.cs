using System.CommandLine;
using System.CommandLine.Parsing;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>Options that several commands share, made anew for each.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Filter { get; } = new("--filter", "-k") { Description = "Only ids that hold this text, or match it as a glob with * and ?." };

    public Option<string[]> Operations { get; } = new("--op") { Description = "Only this operation; may be given several times." };

    public Option<string[]> Sources { get; } = new("--source") { Description = "Only claims of this document; may be given several times." };

    public Option<FileInfo?> Output { get; } = new("--output", "-o") { Description = "Write the results to a file in place of stdout." };

    public Option<DirectoryInfo?> SpecFolder { get; } = new("--spec") { Description = "Read the spec from this folder." };

    public Option<DirectoryInfo?> GoldensFolder { get; } = new("--goldens") { Description = "Read the goldens from this folder." };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Moves the draws of claims and the order of cases; decimal or 0x….",
        DefaultValueFactory = _ => 1,
        CustomParser = SeedOf,
    };

    public static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format")
        {
            Description = string.Join(" | ", formats),
            DefaultValueFactory = _ => formats[0],
        };
        option.Validators.Add(result =>
        {
            var value = result.Tokens.Count > 0 ? result.Tokens[0].Value : formats[0];
            if (!formats.Contains(value))
            {
                result.AddError($"no format '{value}'{Nearest.Hint(value, formats)}; expected {string.Join(" | ", formats)}");
            }
        });
        return option;
    }

    public void AddTo(Command command, params Option[] others)
    {
        foreach (var option in new Option[] { Filter, Operations, Sources, Output, SpecFolder, GoldensFolder }.Concat(others))
        {
            command.Options.Add(option);
        }
    }

    public Shelf Shelf(ParseResult parsed) => Cli.Shelf.Open(parsed.GetValue(SpecFolder), parsed.GetValue(GoldensFolder));

    /// <summary>The selection, with every name in it known.</summary>
    public Selection Selection(ParseResult parsed, SpecBook book)
    {
        var operations = parsed.GetValue(Operations) ?? [];
        var known = Catalogue.Standard.Operations.Select(o => o.Name).ToArray();
        if (operations.FirstOrDefault(o => !known.Contains(o)) is { } unknown)
        {
            throw new UsageException($"--op: no operation '{Terminal.Plain(unknown)}'{Nearest.Hint(unknown, known)}; 'latent ops' lists them");
        }

        var sources = parsed.GetValue(Sources) ?? [];
        return sources.FirstOrDefault(s => !book.Documents.Contains(s)) is { } stranger
            ? throw new UsageException($"--source: no document '{Terminal.Plain(stranger)}'{Nearest.Hint(stranger, book.Documents)}; there are {string.Join(", ", book.Documents)}")
            : new Selection(parsed.GetValue(Filter), operations, sources);
    }

    private static ulong SeedOf(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? System.Globalization.NumberStyles.AllowHexSpecifier : System.Globalization.NumberStyles.None;
        if (!ulong.TryParse(isHex ? text[2..] : text, style, System.Globalization.CultureInfo.InvariantCulture, out var seed))
        {
            result.AddError($"--seed is a whole number from 0 to 2^64 - 1, not '{text}'");
        }

        return seed;
    }
}

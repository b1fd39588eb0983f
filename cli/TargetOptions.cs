using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>Who is to be asked: a name, an assembly, or after -- the command that starts a process.</summary>
internal sealed class TargetOptions
{
    private readonly Argument<string[]> target = new("implementation")
    {
        Description = "reference, simd, torch, My.dll, My.dll:ClassName, or -- COMMAND that speaks the protocol",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<double> timeout = new("--timeout")
    {
        Description = "Seconds that a process may take for one answer; six times that for its hello.",
        DefaultValueFactory = _ => 10,
        CustomParser = Seconds,
    };

    private readonly Option<string?> device = new("--device") { Description = "Of torch: cpu, cuda or cuda:1." };

    private readonly Option<string?> dtype = new("--dtype") { Description = "Of torch: float64, float32, tf32, bfloat16 or float16." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(target);
        command.Options.Add(timeout);
        command.Options.Add(device);
        command.Options.Add(dtype);
    }

    public Opened Open(ParseResult parsed)
    {
        var words = parsed.GetValue(target) ?? [];
        if (parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash))
        {
            var foreign = Start(parsed, words);
            foreach (var unknown in foreign.Unknown)
            {
                Terminal.Note($"latent: it offers '{Plain.Text(unknown)}', which is no operation{Conformance.Nearest.Hint(unknown, Catalogue.Standard.Operations.Select(o => o.Name))}");
            }

            return new Opened(foreign, $"-- {string.Join(' ', words.Select(Quoted))}", foreign);
        }

        return words.Length <= 1
            ? new Opened(Named(parsed, words.FirstOrDefault() ?? "reference"), words.FirstOrDefault() ?? "reference", null)
            : throw new UsageException($"'{Terminal.Plain(words[1])}' is one implementation too many; a command to start comes after --, as latent verify -- python my_vae.py");
    }

    /// <summary>An option that was given and that torch alone takes.</summary>
    private string? OfTorch(ParseResult parsed) => parsed.GetValue(device) is not null ? device.Name : parsed.GetValue(dtype) is not null ? dtype.Name : null;

    private IAnswerer Named(ParseResult parsed, string name)
    {
        var (where, width) = (parsed.GetValue(device), parsed.GetValue(dtype));
        if (name != Target.Torch)
        {
            return OfTorch(parsed) is { } option
                ? throw new UsageException($"{option} is torch's; '{Terminal.Plain(name)}' has one device and one precision")
                : Target.Find(name);
        }

        return DTypes.TryParse(width ?? "float32", out var precision) && precision.IsFloating()
            ? Target.OnDevice(where ?? "cpu", precision)
            : throw new UsageException($"no precision '{Terminal.Plain(width!)}'; expected {string.Join(", ", DTypes.Floating.Select(d => d.WireName()))}");
    }

    public Foreign Start(ParseResult parsed)
    {
        if (!parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash))
        {
            throw new UsageException("expected -- and the command that starts an adapter, as latent verify --smoke -- python my_vae.py");
        }

        return Start(parsed, parsed.GetValue(target) ?? []);
    }

    private Foreign Start(ParseResult parsed, string[] words) =>
        words.Length == 0 ? throw new UsageException("nothing after --; expected the command that starts an adapter, as python my_vae.py")
        : OfTorch(parsed) is { } option ? throw new UsageException($"{option} is torch's; what a process computes in it says itself, by options of its own after --")
        : Foreign.Start(words, TimeSpan.FromSeconds(parsed.GetValue(timeout)), Catalogue.Standard, Shelf.SpecVersion);

    /// <summary>A word as a shell takes it back.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static double Seconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86400)
        {
            return seconds;
        }

        result.AddError($"--timeout is seconds, above 0 and at most a day, not '{text}'");
        return 0;
    }

    /// <summary>Somebody who answers, as the command line names them.</summary>
    internal sealed record Opened(IAnswerer Answerer, string Shown, IDisposable? Owned) : IDisposable
    {
        public void Dispose() => Owned?.Dispose();
    }
}

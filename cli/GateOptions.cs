using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LatentConformance.Conformance;
using LatentConformance.Contract;
using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Cli;

/// <summary>What latent gate takes.</summary>
internal sealed class GateOptions
{
    private readonly Option<string?> baseline = new("--baseline") { Description = "The build it is compared with: the same forms." };
    private readonly Option<string?> commit = new("--baseline-commit") { Description = "Builds this commit in a worktree of its own, and compares with that." };
    private readonly Option<string?> project = new("--project") { Description = "The project that --baseline-commit builds; a known name has its own." };
    private readonly Option<string[]> operations = new("--op") { Description = "Only this operation; may be given several times." };
    private readonly Option<double> slowdown = new("--slowdown") { Description = "The slowdown that is to be found, as a factor.", DefaultValueFactory = _ => 1.10, CustomParser = SlowdownOf };
    private readonly Option<FileInfo?> thresholds = new("--thresholds") { Description = "A file with what differs by operation, as vq_assign: slowdown 1.05." };
    private readonly Option<DirectoryInfo?> workloads = new("--workloads") { Description = "Read what is timed from OPERATION.inputs in this folder." };
    private readonly Option<string[]> plant = new("--plant") { Description = "Slow the candidate down, as vq_assign=1.10, to see that the gate finds it on this machine." };

    public Option<string> Candidate { get; } = new("--candidate") { Description = "My.dll, My.dll:ClassName, or a name that latent knows.", Required = true };

    public Option<TimeSpan> Budget { get; } = new("--budget")
    {
        Description = "Time for the whole run, as 90s or 5m; it ends before where all is clear.",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(2),
        CustomParser = BudgetOf,
    };

    public Option<string> Undecided { get; } = Choice("--undecided", "What an undecided operation does:", "warn", "fail");

    public Option<string> Format { get; } = CommonOptions.Format("text", "markdown", "json");

    public Option<FileInfo?> Output { get; } = new("--output", "-o") { Description = "Write the results to a file in place of stdout." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Candidate, baseline, commit, project, operations, slowdown, Budget, Undecided, thresholds, workloads, plant, Format, Output })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if ((result.GetValue(baseline) is null) == (result.GetValue(commit) is null))
            {
                result.AddError("expected one of --baseline My.dll and --baseline-commit REV");
            }

            if (result.GetValue(project) is not null && result.GetValue(commit) is null)
            {
                result.AddError("--project says what --baseline-commit builds; without it there is nothing to build");
            }
        });
    }

    /// <summary>All that can be known before the work.</summary>
    public void Check(ParseResult parsed)
    {
        Terminal.RefuseUnlessWritable(parsed.GetValue(Output));
        OperationsOf(parsed);
        PlantedOf(parsed);
        ThresholdsOf(parsed);
        WorkloadsOf(parsed);
        Target.Kernels(parsed.GetValue(Candidate)!);
        if (parsed.GetValue(baseline) is { } named)
        {
            Target.Kernels(named);
        }
    }

    public KernelSource BaselineOf(ParseResult parsed) => Target.Kernels(parsed.GetValue(baseline)!);

    public CommitBuild? BaselineCommit(ParseResult parsed, KernelSource candidate, CancellationToken stop)
    {
        if (parsed.GetValue(commit) is not { } revision)
        {
            return null;
        }

        var built = parsed.GetValue(project) ?? Target.ProjectOf(candidate.Shown)
            ?? throw new UsageException("--baseline-commit needs --project, the folder or file of the project that makes the kernels");
        return CommitBuild.Of(revision, built, candidate, stop);
    }

    public string[] OperationsOf(ParseResult parsed) => [.. (parsed.GetValue(operations) ?? []).Distinct().Select(o => Known(o, "--op"))];

    public Dictionary<string, double> PlantedOf(ParseResult parsed)
    {
        var planted = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(plant) ?? [])
        {
            var parts = text.Split('=');
            planted[Known(parts[0], "--plant")] = parts.Length == 2 && double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor >= 1
                ? factor
                : throw new UsageException($"--plant is an operation and a factor from 1 on, as vq_assign=1.10, not '{Terminal.Plain(text)}'");
        }

        return planted;
    }

    public Thresholds ThresholdsOf(ParseResult parsed)
    {
        var factor = parsed.GetValue(slowdown);
        if (parsed.GetValue(thresholds) is not { } file)
        {
            return Thresholds.All(factor);
        }

        try
        {
            return Thresholds.Read(File.ReadAllText(file.FullName), file.ToString(), factor, Catalogue.Standard.Operations.Select(o => o.Name));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--thresholds: cannot read {Terminal.Plain(file.ToString())}: {denied.Message.ReplaceLineEndings(" ")}");
        }
    }

    public DirectoryInfo? WorkloadsOf(ParseResult parsed) => parsed.GetValue(workloads) is { Exists: false } missing
        ? throw new UsageException($"--workloads: no folder '{Terminal.Plain(missing.ToString())}'")
        : parsed.GetValue(workloads);

    private static string Known(string operation, string option)
    {
        var known = Catalogue.Standard.Operations.Select(o => o.Name);
        return Catalogue.Standard.Find(operation) is not null
            ? operation
            : throw new UsageException($"{option}: no operation '{Terminal.Plain(operation)}'{Nearest.Hint(operation, known)}; 'latent ops' lists them");
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = $"{description} {string.Join(" | ", values)}", DefaultValueFactory = _ => values[0] };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !values.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{name}: no '{result.Tokens[0].Value}'; expected {string.Join(" or ", values)}");
            }
        });
        return option;
    }

    private static double SlowdownOf(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is >= Threshold.Least and <= 10)
        {
            return factor;
        }

        result.AddError($"--slowdown is a factor from {Threshold.Least.ToString(CultureInfo.InvariantCulture)} to 10, as 1.10, not '{text}'");
        return 0;
    }

    private static TimeSpan BudgetOf(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var unit = text.EndsWith('s') ? 1 : text.EndsWith('m') ? 60 : text.EndsWith('h') ? 3600 : 0;
        if (unit > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit is > 0 and <= 86400)
        {
            return TimeSpan.FromSeconds(number * unit);
        }

        result.AddError($"--budget is a time up to a day, as 90s, 5m or 1h, not '{text}'");
        return TimeSpan.Zero;
    }
}

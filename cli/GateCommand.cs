using System.CommandLine;
using System.Diagnostics;
using LatentConformance.Contract;
using LatentConformance.Gate;
using LatentConformance.Gate.Reports;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Cli;

/// <summary>latent gate: two builds of a kernel library, first whether the new one is right, then whether it is slower.</summary>
internal static class GateCommand
{
    public static Command Make()
    {
        var options = new GateOptions();
        var command = new Command("gate", "Compares two builds of a kernel library; exits 1 when the candidate is wrong, slower, or allocates more.");
        options.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            options.Check(parsed);
            return Task.FromResult(Optimised.IsOn ? Run(options, parsed, stop) : Optimised.Again());
        });
        return command;
    }

    private static int Run(GateOptions options, ParseResult parsed, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var output = parsed.GetValue(options.Output);
        var candidate = Target.Kernels(parsed.GetValue(options.Candidate)!);
        using var built = options.BaselineCommit(parsed, candidate, stop);
        var shelf = Shelf.Open(null, null);
        var grounds = Wiring.Grounds(shelf);
        var settings = new GateSettings(
            candidate,
            built?.Source ?? options.BaselineOf(parsed),
            options.OperationsOf(parsed),
            options.ThresholdsOf(parsed),
            parsed.GetValue(options.Budget),
            options.PlantedOf(parsed),
            () => clock.Elapsed - (built?.Taken ?? TimeSpan.Zero));
        var book = new WorkloadBook(Catalogue.Standard, Wiring.Oracle, grounds.Goldens, options.WorkloadsOf(parsed));
        var report = new GateRun(grounds, book, settings).Run(stop);
        Terminal.Results(
            parsed.GetValue(options.Format) switch
            {
                "json" => JsonGate.Of(report, Latent.Version),
                "markdown" => MarkdownGate.Of(report),
                _ => TextGate.Of(report, Latent.Version),
            },
            output);
        return ExitOf(report, parsed.GetValue(options.Undecided) == "fail");
    }

    private static int ExitOf(GateReport report, bool undecidedFails)
    {
        if (report.IsUndecided)
        {
            var undecided = string.Join(", ", report.Operations.Where(o => o.Verdict == Gate.Deciding.Verdict.Undecided).Select(o => o.Operation));
            Terminal.Note($"latent: undecided in {report.Taken.TotalSeconds:0} s: {undecided}; a longer --budget decides more{(undecidedFails ? "" : ", --undecided fail makes it an error")}");
        }

        return report.Fails || (report.IsUndecided && undecidedFails) ? ExitCodes.DoesNotHold : ExitCodes.Holds;
    }
}

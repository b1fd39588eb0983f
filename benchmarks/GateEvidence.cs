using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LatentConformance.Benchmarks;

/// <summary>
/// How often latent gate errs and what it finds: whole runs, each a process of its own, every other one beside a process that loads a
/// core. Each run is a line of benchmarks/results/gate.csv at once, so that it can be stopped and gone on with; gate.md is written
/// from all lines.
/// </summary>
internal static class GateEvidence
{
    private const string Usage = "expected gate-evidence [--runs 400] [--planted 100] [--budget 15s] [--find-budget 40s] [--op A,B] [--candidate simd] [--baseline simd] [--results benchmarks/results]";

    private const int MostInARow = 200;

    public static int Run(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--runs"] = "400",
            ["--planted"] = "100",
            ["--budget"] = "15s",
            ["--find-budget"] = "40s",
            ["--op"] = "",
            ["--candidate"] = "simd",
            ["--baseline"] = "simd",
            ["--results"] = "benchmarks/results",
        };
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !options.ContainsKey(args[i]))
            {
                Console.Error.WriteLine($"gate-evidence: '{args[i]}' is no option with a value; {Usage}");
                return 2;
            }

            options[args[i]] = args[i + 1];
        }

        var latent = Path.Combine("artifacts", "bin", "Cli", "release", "latent.dll");
        if (!File.Exists(latent))
        {
            Console.Error.WriteLine($"no {latent}; run 'dotnet build -c Release cli' first, at the root of the checkout");
            return 3;
        }

        Directory.CreateDirectory(options["--results"]);
        var (csv, page) = (Path.Combine(options["--results"], "gate.csv"), Path.Combine(options["--results"], "gate.md"));
        string[] gate = [latent, "gate", "--candidate", options["--candidate"], "--baseline", options["--baseline"], "--format", "json",
            .. options["--op"].Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(o => new[] { "--op", o })];
        (double Factor, string Budget, int Runs)[] kinds =
        [
            (1, options["--budget"], Whole(options["--runs"])),
            (1.10, options["--find-budget"], Whole(options["--planted"])),
            (1.03, options["--budget"], Whole(options["--planted"])),
        ];
        for (var inARow = 0; inARow < MostInARow;)
        {
            // Of each kind as large a part as of the others, so that it can be stopped at any time. A run that had too little time says
            // nothing, and is made again; the page tells how many there were.
            var lines = GateLine.Read(csv);
            var (factor, budget, runs, done) = kinds.Select(k => (k.Factor, k.Budget, k.Runs, Done: lines.Count(l => l.IsAnswered && l.Factor == k.Factor))).MinBy(k => (double)k.Done / k.Runs);
            if (done >= runs)
            {
                return 0;
            }

            var line = One(gate, factor, done, budget, lines);
            inARow = line.IsAnswered ? 0 : inARow + 1;
            File.AppendAllText(csv, line + "\n");
            Console.WriteLine($"{factor.ToString(CultureInfo.InvariantCulture)} {done + 1} of {runs}: {line}");
            GateEvidencePage.Write(page, [.. lines, line], options);
        }

        return 3;
    }

    /// <summary>Loads one core until it is killed; for no longer than a run takes, should nobody be left to kill it.</summary>
    public static int Burn()
    {
        var (sum, clock) = (0.0, Stopwatch.StartNew());
        while (clock.Elapsed < TimeSpan.FromMinutes(5) && !double.IsNaN(sum))
        {
            sum += Math.Sqrt(sum + 1);
        }

        return 0;
    }

    private static GateLine One(string[] gate, double factor, int run, string budget, IReadOnlyList<GateLine> before)
    {
        // Against themselves every other run is loaded; a planted slowdown goes to one operation after the other, on a machine left alone.
        var loaded = factor == 1 && run % 2 == 1;
        var operations = before.FirstOrDefault(l => l.IsAnswered)?.Operations ?? [];
        var planted = factor > 1 && operations.Count > 0 ? operations[run % operations.Count] : "";
        using var burner = loaded ? Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(GateEvidence).Assembly.Location, "burn"])) : null;
        try
        {
            string[] plant = planted.Length == 0 ? [] : ["--plant", $"{planted}={factor.ToString(CultureInfo.InvariantCulture)}"];
            using var process = Process.Start(new ProcessStartInfo("dotnet", [.. gate, "--budget", budget, .. plant]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode <= 1)
            {
                return GateLine.Of(factor, loaded, planted, process.ExitCode, budget, JsonDocument.Parse(output).RootElement);
            }

            Console.Error.WriteLine(error.Result.Trim());
            return new GateLine(factor, loaded, planted, process.ExitCode, budget, 0, 0, []);
        }
        finally
        {
            burner?.Kill();
            burner?.WaitForExit();
        }
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

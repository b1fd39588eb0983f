using System.Globalization;
using System.Text;

namespace LatentConformance.Benchmarks;

/// <summary>The counts of all runs, each with its exact interval.</summary>
internal static class GateEvidencePage
{
    public static void Write(string path, IReadOnlyList<GateLine> all, IReadOnlyDictionary<string, string> options)
    {
        GateLine[] lines = [.. all.Where(l => l.IsAnswered)];
        var text = new StringBuilder("# What the gate finds, and how often it errs\n\n");
        var operations = lines.Length > 0 ? lines[0].Operations : [];
        text.Append(CultureInfo.InvariantCulture, $"Whole runs of `latent gate --candidate {options["--candidate"]} --baseline {options["--baseline"]}` over {operations.Count} operations\n({string.Join(", ", operations)}),\n");
        text.Append(CultureInfo.InvariantCulture, $"each in a process of its own, on {Environment.ProcessorCount} cores; in every other run of kernels against themselves another process loads one of them.\n`gate.csv` has a line a run; `dotnet run -c Release --project benchmarks -- gate-evidence` adds to it. Intervals are exact (Clopper-Pearson, 95 %).\n\n");
        text.Append("| what | of | count | share | interval |\n| --- | ---: | ---: | ---: | --- |\n");
        GateLine[] same = [.. lines.Where(l => l.Factor == 1)];
        Row(text, $"runs of kernels against themselves with any false alarm{Budgets(same)}", same, l => l.Alarms.Any());
        Row(text, "  of those on a quiet machine", [.. same.Where(l => !l.Loaded)], l => l.Alarms.Any());
        Row(text, "  of those beside a loaded core", [.. same.Where(l => l.Loaded)], l => l.Alarms.Any());
        foreach (var (factor, name) in new[] { (1.10, "10 %"), (1.03, "3 %") })
        {
            GateLine[] planted = [.. lines.Where(l => l.Factor == factor && l.Planted.Length > 0)];
            foreach (var verdict in new[] { "slower", "undecided", "same", "faster" })
            {
                Row(text, $"a planted {name} slowdown called `{verdict}`{Budgets(planted)}", planted, l => l.PlantedVerdict.Split('+')[0] == verdict);
            }

            Row(text, $"runs with a planted {name} and a false alarm elsewhere", planted, l => l.Alarms.Any());
        }

        var verdicts = same.SelectMany(l => l.Verdicts).GroupBy(v => v.Verdict).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}");
        text.Append(CultureInfo.InvariantCulture, $"\nVerdicts of kernels against themselves: {string.Join(", ", verdicts)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"A run took {Median(lines.Select(l => l.Seconds)):0.0} s and {Median(lines.Select(l => (double)l.Pairs)):0} pairs in the median.\n");
        text.Append(CultureInfo.InvariantCulture, $"{all.Count - lines.Length} more runs had too little time for a verdict, said so, and are not counted.\n");
        var alarms = lines.SelectMany(l => l.Alarms.Select(a => $"- {(l.Loaded ? "loaded" : "quiet")}, factor {l.Factor.ToString(CultureInfo.InvariantCulture)}: {a.Operation} {a.Verdict}")).ToArray();
        text.Append(alarms.Length == 0 ? "" : $"\nThe false alarms:\n\n{string.Join('\n', alarms)}\n");
        File.WriteAllText(path, text.ToString());
    }

    private static string Budgets(IEnumerable<GateLine> lines) => $", --budget {string.Join(" or ", lines.Select(l => l.Budget).Distinct())}";

    private static void Row(StringBuilder text, string what, GateLine[] runs, Func<GateLine, bool> counts)
    {
        var (n, k) = (runs.Length, runs.Count(counts));
        if (n > 0)
        {
            var (low, high) = Interval(k, n);
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {n} | {k} | {100.0 * k / n:0.0} % | [{100 * low:0.00} %, {100 * high:0.00} %] |\n");
        }
    }

    /// <summary>The chances under which so few, and so many, are not rarer than one in forty.</summary>
    private static (double Low, double High) Interval(int k, int n) => (
        k == 0 ? 0 : Solved(p => 1 - AtMost(k - 1, n, p) < 0.025),
        k == n ? 1 : Solved(p => AtMost(k, n, p) >= 0.025));

    private static double Solved(Func<double, bool> isBelow)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = isBelow(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double AtMost(int k, int n, double p)
    {
        var (sum, logTerm) = (0.0, n * Math.Log(1 - p));
        for (var i = 0; i <= k; i++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(n - i) / (i + 1)) + Math.Log(p / (1 - p));
        }

        return sum;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : 0;
}

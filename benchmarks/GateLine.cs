using System.Globalization;
using System.Text.Json;

namespace LatentConformance.Benchmarks;

/// <summary>One run of the gate, a line of the file: factor, loaded, planted, exit, budget, seconds, pairs, and operation=verdict of each.</summary>
internal sealed record GateLine(double Factor, bool Loaded, string Planted, int Exit, string Budget, double Seconds, long Pairs, IReadOnlyList<(string Operation, string Verdict)> Verdicts)
{
    /// <summary>False of a run that could not be made, or had too little time.</summary>
    public bool IsAnswered => Exit <= 1;

    public IReadOnlyList<string> Operations => [.. Verdicts.Select(v => v.Operation)];

    /// <summary>What is said of the kernel that was slowed down.</summary>
    public string PlantedVerdict => Verdicts.FirstOrDefault(v => v.Operation == Planted).Verdict ?? "";

    /// <summary>Anything but same and undecided, of kernels that are the same; and an allocation that differs.</summary>
    public IEnumerable<(string Operation, string Verdict)> Alarms => Verdicts.Where(v => v.Operation != Planted && v.Verdict is not ("same" or "undecided"));

    public static GateLine Of(double factor, bool loaded, string planted, int exit, string budget, JsonElement report)
    {
        var operations = report.GetProperty("operations").EnumerateArray().ToArray();
        return new GateLine(
            factor,
            loaded,
            planted,
            exit,
            budget,
            report.GetProperty("seconds").GetDouble(),
            operations.Sum(o => o.GetProperty("pairs").GetInt64()),
            [.. operations.Select(o => (o.GetProperty("operation").GetString()!, Verdict(o)))]);
    }

    public static IReadOnlyList<GateLine> Read(string path) => File.Exists(path) ? [.. File.ReadAllLines(path).Where(l => l.Length > 0).Select(Parse)] : [];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Factor},{(Loaded ? "loaded" : "quiet")},{Planted},{Exit},{Budget},{Seconds:0.0},{Pairs},{string.Join(' ', Verdicts.Select(v => $"{v.Operation}={v.Verdict}"))}");

    private static string Verdict(JsonElement operation)
    {
        var verdict = operation.GetProperty("verdict").GetString()!;
        var allocation = operation.GetProperty("allocation").GetString();
        return allocation is null or "same" ? verdict : $"{verdict}+allocates-{allocation}";
    }

    private static GateLine Parse(string line)
    {
        var parts = line.Split(',');
        return new GateLine(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            parts[1] == "loaded",
            parts[2],
            int.Parse(parts[3], CultureInfo.InvariantCulture),
            parts[4],
            double.Parse(parts[5], CultureInfo.InvariantCulture),
            long.Parse(parts[6], CultureInfo.InvariantCulture),
            [.. parts[7].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).Select(v => (v[0], v[1]))]);
    }
}

using System.Text.Json;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Reports;

/// <summary>Reads what <see cref="JsonReport"/> wrote, and puts the shards of a run together again.</summary>
public static class JsonReportReader
{
    public static Report Read(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Report(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SpecError(new Position(file, 0, 0), $"no report: {broken.Message.ReplaceLineEndings(" ")}; latent verify --format json --output FILE writes one");
        }
    }

    /// <exception cref="SpecError">They are not the parts of one run.</exception>
    public static Report Merge(IReadOnlyList<(string File, Report Report)> parts)
    {
        var (first, whole) = (parts[0], parts[0].Report);
        foreach (var (file, report) in parts)
        {
            var other = Identity(report) == Identity(whole) ? null : "another implementation, seed or spec";
            other ??= report.Shard is null && parts.Count > 1 ? "a whole run, not a shard" : null;
            other ??= parts.Any(p => p.File != file && p.Report.Shard == report.Shard) ? $"shard {report.Shard} a second time" : null;
            if (other is not null)
            {
                throw new SpecError(new Position(file, 0, 0), $"is {other}; expected the shards of the run that {first.File} is part of");
            }
        }

        var missing = whole.Shard is null ? [] : Missing(parts);
        return missing.Count > 0
            ? throw new SpecError(new Position(first.File, 0, 0), $"shard {string.Join(", ", missing)} is missing; every shard of a run is merged at once")
            : whole.With(ById(parts.SelectMany(p => p.Report.Results))) with
            {
                Spec = ById(parts.SelectMany(p => p.Report.Spec)),
                Shard = null,
                Summary = Summary.Of(ById(parts.SelectMany(p => p.Report.Results))) with { Comparisons = parts.Sum(p => p.Report.Summary.Comparisons) },
            };
    }

    private static List<string> Missing(IReadOnlyList<(string File, Report Report)> parts)
    {
        var count = Shard.Parse(parts[0].Report.Shard!)!.Count;
        return [.. Enumerable.Range(1, count).Select(i => new Shard(i, count).ToString()).Except(parts.Select(p => p.Report.Shard!))];
    }

    private static (string, string, DType, string, string?, string, ulong) Identity(Report report)
    {
        var who = report.Implementation;
        return (who.Name, who.Version, who.DType, who.Device, who.Profile, report.SpecVersion, report.Seed);
    }

    private static Report Report(JsonElement root)
    {
        var who = root.GetProperty("implementation");
        var dtype = DTypes.Floating.First(d => d.WireName() == Text(who, "dtype"));
        var report = new Report(
            new Description(Text(who, "name")!, Text(who, "version")!, dtype, Text(who, "device")!) { Profile = Text(who, "profile") },
            Text(root, "spec_version")!,
            root.GetProperty("seed").GetUInt64(),
            [.. root.GetProperty("results").EnumerateArray().Select(Result)]);
        return report with
        {
            Spec = [.. root.GetProperty("spec").EnumerateArray().Select(Result)],
            Shard = Text(root, "shard"),
            Summary = report.Summary with { Comparisons = root.GetProperty("summary").GetProperty("comparisons").GetInt64() },
        };
    }

    private static Result Result(JsonElement one) => new(
        Text(one, "id")!,
        Names.KindOf(Text(one, "kind")!),
        Text(one, "level") == "strict",
        Text(one, "operation"),
        Text(one, "source")!,
        Names.OutcomeOf(Text(one, "outcome")!),
        Text(one, "message"),
        one.GetProperty("margin").ValueKind is JsonValueKind.Number ? one.GetProperty("margin").GetDouble() : null,
        Comparisons: 0);

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static Result[] ById(IEnumerable<Result> results) => [.. results.OrderBy(r => r.Id, StringComparer.Ordinal)];
}

using System.Text.Json;
using LatentConformance.Conformance.Reports;

namespace LatentConformance.Gate.Reports;

/// <summary>For machines; docs/gate.schema.json describes it.</summary>
public static class JsonGate
{
    public static string Of(GateReport report, string toolVersion) => JsonReport.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("tool", $"latent {toolVersion}");
        json.WriteString("candidate", report.Candidate);
        json.WriteString("baseline", report.Baseline);
        json.WriteBoolean("fails", report.Fails);
        json.WriteBoolean("undecided", report.IsUndecided);
        json.WriteNumber("alpha", report.Alpha);
        json.WriteNumber("budget_seconds", report.Budget.TotalSeconds);
        json.WriteNumber("seconds", report.Taken.TotalSeconds);
        json.WriteStartArray("operations");
        foreach (var one in report.Operations)
        {
            Write(json, one);
        }

        json.WriteEndArray();
        json.WriteStartArray("left_out");
        foreach (var (operation, has) in report.Left)
        {
            json.WriteStartObject();
            json.WriteString("operation", operation);
            json.WriteString("only_in", has);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, OperationVerdict one)
    {
        json.WriteStartObject();
        json.WriteString("operation", one.Operation);
        json.WriteString("verdict", Words.Of(one.Verdict));
        json.WriteBoolean("fails", one.Fails);
        json.WriteString("message", one.Why);
        json.WriteNumber("slowdown", one.Threshold.Slowdown);

        // Ratios of candidate to baseline; an end that nothing bounds yet is null.
        Number(json, "ratio", one.Interval is { } i ? Math.Exp(i.Median) : null);
        Number(json, "ratio_low", one.Interval is { } l && double.IsFinite(l.Low) ? Math.Exp(l.Low) : null);
        Number(json, "ratio_high", one.Interval is { } h && double.IsFinite(h.High) ? Math.Exp(h.High) : null);
        json.WriteNumber("pairs", one.Pairs);
        json.WriteNumber("rounds", one.Rounds);
        Number(json, "candidate_seconds", one.Pairs > 0 ? one.Seconds.Candidate : null);
        Number(json, "baseline_seconds", one.Pairs > 0 ? one.Seconds.Baseline : null);
        json.WriteString("allocation", one.Allocation is { } allocation ? Words.Of(allocation.Verdict) : null);
        Number(json, "candidate_bytes", one.Allocation?.Candidate);
        Number(json, "baseline_bytes", one.Allocation?.Baseline);
        json.WriteString("candidate_method", one.Timed.Candidate);
        json.WriteString("baseline_method", one.Timed.Baseline);
        json.WriteString("workload", one.Workload);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

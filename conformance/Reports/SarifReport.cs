using System.Text.Json;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Conformance.Reports;

/// <summary>SARIF 2.1.0: a rule an operation or claim, a result whatever is wrong. What is strict is a note.</summary>
public static class SarifReport
{
    public static string Verify(Report report, string toolVersion) => JsonReport.Written(json =>
    {
        var wrong = report.Results.Concat(report.Spec)
            .Where(r => r.Outcome is Outcome.Fail or Outcome.Error or Outcome.ExpectedFailure)
            .ToArray();
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, wrong, toolVersion);
        json.WriteStartArray("results");
        foreach (var result in wrong)
        {
            WriteResult(json, result);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteTool(Utf8JsonWriter json, Result[] wrong, string toolVersion)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "latent");
        json.WriteString("version", toolVersion);
        json.WriteStartArray("rules");
        foreach (var rule in wrong.Select(Rule).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", rule);
            WriteText(json, "shortDescription", $"{rule} answers as the spec says");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Result result)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", Rule(result));
        json.WriteString("level", result.Strict ? "note" : "error");
        WriteText(json, "message", $"{result.Id}: {result.Message}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", result.Kind == ResultKind.Claim ? "spec" : result.Source);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();

        // The same finding in the next run has the same print, whatever its message says by then.
        json.WriteStartObject("partialFingerprints");
        json.WriteString("latent/id", result.Id);
        json.WriteEndObject();
        if (result.Outcome == Outcome.ExpectedFailure)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("justification", "in the baseline");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Rule(Result result) => result.Kind == ResultKind.Claim ? result.Id : result.Operation ?? result.Id;
}

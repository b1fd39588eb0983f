using System.Text.Json;
using LatentConformance.Conformance.Reports;
using LatentConformance.Lessons.Checking;

namespace LatentConformance.Lessons.Reports;

/// <summary>SARIF 2.1.0, a result for each finding and for what follows from it.</summary>
public static class SarifCheck
{
    public static string Of(CheckReport report, string version)
    {
        var findings = report.Findings.SelectMany(f => f.Consequences.Prepend(f)).ToArray();
        return JsonReport.Written(json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            Tool(json, findings, version);
            json.WriteStartArray("results");
            foreach (var finding in findings)
            {
                Result(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Tool(Utf8JsonWriter json, Finding[] findings, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "latent");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in findings.Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        json.WriteString("level", finding.IsWrong ? "error" : "note");
        json.WriteStartObject("message");
        json.WriteString("text", TextCheck.Plain($"{finding.Fault.Printed}, right is {finding.Fault.Right}. {finding.Fault.Correction}"));
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", finding.Path.Replace('\\', '/'));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", finding.Line);
        json.WriteNumber("startColumn", finding.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Reports;

/// <summary>The machine's reports. docs/report.schema.json describes the first; the same run gives the same bytes.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Verify(Report report, string toolVersion) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("tool", $"latent {toolVersion}");
        json.WriteString("spec_version", report.SpecVersion);
        json.WriteNumber("seed", report.Seed);
        if (report.Shard is not null)
        {
            json.WriteString("shard", report.Shard);
        }

        json.WriteStartObject("implementation");
        json.WriteString("name", report.Implementation.Name);
        json.WriteString("version", report.Implementation.Version);
        json.WriteString("dtype", report.Implementation.DType.WireName());
        json.WriteString("device", report.Implementation.Device);
        if (report.Implementation.Profile is not null)
        {
            json.WriteString("profile", report.Implementation.Profile);
        }

        json.WriteEndObject();
        WriteSummary(json, report.Summary);
        WriteResults(json, "results", report.Results);

        // Statements that call no operation: checked, and nobody's merit.
        WriteResults(json, "spec", report.Spec);
        json.WriteEndObject();
    });

    public static string Claims(IEnumerable<Claim> claims) => Written(json =>
    {
        json.WriteStartArray();
        foreach (var claim in claims)
        {
            json.WriteStartObject();
            json.WriteString("id", claim.Id);
            WriteStrings(json, "also", claim.Also);
            json.WriteString("source", claim.Source);
            json.WriteString("topic", claim.Topic);
            json.WriteString("verdict", ClaimReader.WireName(claim.Verdict));
            json.WriteString("says", claim.Says);
            WriteStrings(json, "operations", claim.Operations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string Operations(Catalogue catalogue) => Written(json =>
    {
        json.WriteStartArray();
        foreach (var operation in catalogue.Operations)
        {
            json.WriteStartObject();
            json.WriteString("name", operation.Name);
            json.WriteString("family", operation.Family);
            json.WriteString("signature", operation.Signature.ToString());
            WriteFields(json, "inputs", operation.Inputs);
            WriteFields(json, "outputs", operation.Outputs);
            json.WriteBoolean("differentiable", operation.Gradient is not null);
            json.WriteString("gradient", operation.Gradient?.Name);
            WriteStrings(json, "conventions", operation.Honours);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteSummary(Utf8JsonWriter json, Summary summary)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("passed", summary.Passed);
        json.WriteNumber("failed", summary.Failed);
        json.WriteNumber("errors", summary.Errors);
        json.WriteNumber("unsupported", summary.Unsupported);
        json.WriteNumber("skipped", summary.Skipped);
        if (summary.ExpectedFailures > 0)
        {
            json.WriteNumber("expected_failures", summary.ExpectedFailures);
        }

        json.WriteNumber("comparisons", summary.Comparisons);
        json.WriteStartObject("strict");
        json.WriteNumber("passed", summary.StrictPassed);
        json.WriteNumber("failed", summary.StrictFailed);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, string name, IReadOnlyList<Result> results)
    {
        json.WriteStartArray(name);
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("id", result.Id);
            json.WriteString("kind", Names.Of(result.Kind));
            json.WriteString("level", result.Strict ? "strict" : "core");
            json.WriteString("operation", result.Operation);
            json.WriteString("source", result.Source);
            json.WriteString("outcome", Names.Of(result.Outcome));
            json.WriteString("message", result.Message);
            if (result.Margin is { } margin && double.IsFinite(margin))
            {
                json.WriteNumber("margin", margin);
            }
            else
            {
                json.WriteNull("margin");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, string name, IReadOnlyList<Field> fields)
    {
        json.WriteStartArray(name);
        foreach (var field in fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("kind", field.Kind is FieldKind.Int ? "int" : "float");
            WriteStrings(json, "axes", field.Axes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>JSON as every report here is laid out.</summary>
    public static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}

using System.Text.Json;
using LatentConformance.Conformance.Reports;
using LatentConformance.Lessons.Checking;

namespace LatentConformance.Lessons.Reports;

/// <summary>Everything, for programs.</summary>
public static class JsonCheck
{
    public static string Of(CheckReport report, bool listUnchecked, string version) => JsonReport.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("latent", version);
        Coverage(json, "coverage", report.Coverage);
        json.WriteStartArray("files");
        foreach (var page in report.Pages)
        {
            json.WriteStartObject();
            json.WriteString("path", page.Path);
            if (page.Unreadable is not null)
            {
                json.WriteString("unreadable", page.Unreadable);
            }

            Coverage(json, "coverage", page.Coverage);
            json.WriteNumber("accepted", page.Accepted);
            Findings(json, "findings", page.Findings);
            if (listUnchecked)
            {
                json.WriteStartArray("unchecked");
                foreach (var number in page.Unchecked)
                {
                    json.WriteStartObject();
                    json.WriteNumber("line", number.Line);
                    json.WriteNumber("column", number.Column);
                    json.WriteString("printed", number.Printed);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Findings(Utf8JsonWriter json, string name, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteNumber("line", finding.Line);
            json.WriteNumber("column", finding.Column);
            json.WriteString("rule", finding.Rule);
            json.WriteString("severity", CheckReport.Word(finding.Fault.Severity));
            json.WriteString("printed", finding.Fault.Printed);
            json.WriteString("right", finding.Fault.Right);
            json.WriteString("formula", finding.Fault.Formula);
            json.WriteString("correction", finding.Fault.Correction);
            if (finding.Fault.Claim is { } claim)
            {
                json.WriteString("claim", claim);
            }

            if (finding.Consequences.Count > 0)
            {
                Findings(json, "consequences", finding.Consequences);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Coverage(Utf8JsonWriter json, string name, PageCoverage coverage)
    {
        json.WriteStartObject(name);
        json.WriteNumber("numbers", coverage.Numbers);
        json.WriteNumber("recognised", coverage.Recognised);
        json.WriteNumber("checked", coverage.Checked);
        json.WriteNumber("wrong", coverage.Wrong);
        json.WriteNumber("not_understood", coverage.NotUnderstood);
        json.WriteEndObject();
    }
}

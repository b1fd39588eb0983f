using System.Globalization;
using System.Text;
using System.Xml;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Conformance.Reports;

/// <summary>JUnit XML in the common dialect: a suite an operation, a test case a verdict.</summary>
public static class JunitReport
{
    public static string Verify(Report report)
    {
        var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            var results = report.Results.Concat(report.Spec).ToArray();
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, $"latent.{report.Implementation.Name}", results);
            foreach (var suite in results.GroupBy(r => r.Operation ?? "spec").OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                xml.WriteStartElement("testsuite");
                WriteCounts(xml, suite.Key, [.. suite]);
                foreach (var result in suite)
                {
                    WriteCase(xml, result, report.Implementation.Name);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void WriteCounts(XmlWriter xml, string name, Result[] results)
    {
        // What is strict never fails the run, here no more than in the exit code.
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", Number(results.Length));
        xml.WriteAttributeString("failures", Number(results.Count(r => !r.Strict && r.Outcome == Outcome.Fail)));
        xml.WriteAttributeString("errors", Number(results.Count(r => !r.Strict && r.Outcome == Outcome.Error)));
        xml.WriteAttributeString("skipped", Number(results.Count(IsSkipped)));
    }

    private static void WriteCase(XmlWriter xml, Result result, string implementation)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", result.Id);
        xml.WriteAttributeString("classname", $"latent.{implementation}.{Names.Of(result.Kind)}");
        if (IsSkipped(result))
        {
            Element("skipped", result.Outcome == Outcome.ExpectedFailure ? $"in the baseline: {result.Message}" : result.Strict && result.Outcome is Outcome.Fail or Outcome.Error ? $"strict: {result.Message}" : result.Message);
        }
        else if (result.Outcome is Outcome.Fail or Outcome.Error)
        {
            Element(result.Outcome == Outcome.Fail ? "failure" : "error", result.Message);
        }

        xml.WriteEndElement();

        void Element(string name, string? message)
        {
            xml.WriteStartElement(name);
            xml.WriteAttributeString("message", Printable(message ?? ""));
            xml.WriteEndElement();
        }
    }

    private static bool IsSkipped(Result result) =>
        result.Outcome is Outcome.Skipped or Outcome.Unsupported or Outcome.ExpectedFailure || (result.Strict && result.Outcome is Outcome.Fail or Outcome.Error);

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

using System.Text.Json;
using LatentConformance.Conformance.Reports;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>What is written fits the schemas that are published.</summary>
public class SchemaTests
{
    private static IEnumerable<string> Operations => Catalogue.Standard.Operations.Select(o => o.Name);

    [TestCaseSource(nameof(Operations))]
    public void Golden_FitsItsSchema(string operation)
    {
        var text = File.ReadAllText(Checkout.GoldenPath(Catalogue.Standard.Find(operation)!));
        Assert.That(JsonSchema.Of("golden.schema.json").Misfit(JsonDocument.Parse(text).RootElement), Is.Null);
    }

    [Test]
    public void Report_FitsItsSchema()
    {
        Assert.That(JsonSchema.Of("report.schema.json").Misfit(JsonDocument.Parse(JsonReport.Verify(Checkout.Verdict, "0")).RootElement), Is.Null);
    }

    [TestCase("""{"golden": 2}""", "$ has no checksum")]
    [TestCase("""{"golden": 2, "checksum": "", "spec_version": "", "operation": "", "signature": "", "bound": "", "cases": []}""", "$.golden is not 1")]
    [TestCase("""{"golden": 1, "checksum": "xyz", "spec_version": "", "operation": "", "signature": "", "bound": "", "cases": []}""", "$.checksum does not match")]
    public void Schema_AMisfit_IsSeen(string json, string misfit) =>
        Assert.That(JsonSchema.Of("golden.schema.json").Misfit(JsonDocument.Parse(json).RootElement), Does.Contain(misfit));
}

using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using NUnit.Framework;

namespace LatentConformance.Tests.Reports;

/// <summary>What a person gets to see whose KL has lost its half: a change of wording is a diff.</summary>
public class ReportGoldenTests
{
    private static readonly Lazy<Report> Halfless = new(() => new Verification(Checkout.Grounds()).Run(
        new Mistaken(Checkout.Oracle, KnownMistakes.All.Single(m => (m.Operation, m.Name) == ("kl_standard", "half-missing")), DType.Float64),
        new Selection(Filter: "kl*", Operations: ["kl_standard"]),
        seed: 1));

    [Test]
    public void Text_OfAKlWithoutItsHalf_IsTheGolden() =>
        TextGolden.Holds("cli/verify-report.txt", TextReport.Verify(Halfless.Value, "0.1", "My.dll", colour: false, all: true));

    [Test]
    public void Markdown_OfAKlWithoutItsHalf_IsTheGolden() =>
        TextGolden.Holds("cli/verify-summary.md", MarkdownReport.Verify(Halfless.Value, "My.dll"));
}

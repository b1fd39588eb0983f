using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>A total with right terms and wrong weights: the verdict tells the weights, and the beta that has the same optimum.</summary>
public sealed class WeightsTests
{
    private static IEnumerable<Operation> Totals => Catalogue.Standard.Operations.Where(o => o.Total is not null);

    private static IEnumerable<TestCaseData> InWideTypes() => Cases(DType.Float64, DType.Float32);

    private static IEnumerable<TestCaseData> InNarrowTypesToo() => Cases(DType.Float64, DType.Float32, DType.BFloat16);

    private static IEnumerable<TestCaseData> Cases(params DType[] dtypes) =>
        from o in Totals from d in dtypes select new TestCaseData(o.Name, d).SetArgDisplayNames(o.Name, d.WireName());

    [Test]
    public void Total_ItsNames_AreOutputsAndAnInput() => Assert.That(Totals, Is.All.Matches<Operation>(o =>
        new[] { o.Total!.Total, o.Total.First, o.Total.Second }.Distinct().Count(n => o.Outputs.Any(f => f.Name == n)) == 3
        && (o.Total.Weight is null || o.Inputs.Any(f => f.Name == o.Total.Weight))));

    [TestCaseSource(nameof(InWideTypes))]
    public void Verify_FixedWeights_AreTold(string name, DType dtype)
    {
        var operation = Catalogue.Standard.Find(name)!;
        var (total, terms) = (operation.Total!, Terms(operation));

        var hint = Changed.Hint(operation, dtype, (f, right, o) => f.Name != total.Total ? right : Sum(right, (1.0 / 784, o[total.First]), (0.00128, o[total.Second])));

        // Terms of one and the same value cannot be told apart, and one factor says it all.
        Assert.That(hint, AreOne(operation) ? Does.Not.Contain("+") : Does.Contain($"1/784 · {terms.First} + 0.00128 · {terms.Second}"));
    }

    [TestCaseSource(nameof(InWideTypes))]
    public void Verify_OneTermAlone_IsTold(string name, DType dtype)
    {
        var operation = Catalogue.Standard.Find(name)!;
        var (total, terms) = (operation.Total!, Terms(operation));

        var hint = Changed.Hint(operation, dtype, (f, right, o) => f.Name != total.Total ? right : Sum(right, (-2.5, o[total.First]), (0, o[total.Second])));

        Assert.That(hint, AreOne(operation) ? Does.Not.Contain("without") : Does.Contain($"-2.5 · {terms.First}, without {total.Second}"));
    }

    [TestCaseSource(nameof(InNarrowTypesToo))]
    public void Verify_TermsWeighedByDraws_NothingIsSaid(string name, DType dtype)
    {
        var operation = Catalogue.Standard.Find(name)!;
        var hint = Changed.Hint(operation, dtype, (f, right, o) => f.Name != operation.Total!.Total ? right : right.Each(v => v + Math.Sin(1e3 * v)));

        Assert.That(hint, Is.Empty);
    }

    /// <summary>What most people have: the mean over pixels, the KL summed or averaged, and the mean over the batch.</summary>
    [TestCase(false, "your loss is sum(reconstruction) / (B · M) + beta · sum(kl) / B in 6 of 6 cases: the same optimum as ours with beta times M")]
    [TestCase(true, "your loss is sum(reconstruction) / (B · M) + sum(kl) / (B · D) in 6 of 6 cases: the same optimum as ours with beta = M / D")]
    public void Verify_MeansOverPixelsAndBatch_TheImpliedBetaIsTold(bool averaged, string expected)
    {
        var operation = Totals.First(o => o.Total!.Weight is not null);
        var implementation = new Answers(operation, inputs =>
        {
            var (pixels, latents, beta) = (inputs["x"].Shape[1], inputs["mu"].Shape[1], inputs["beta"][0]);
            var right = Checkout.Reference.Ask(operation, inputs) is Answered answered ? answered.Outputs : throw new RefusalException("refused");
            var samples = inputs["x"].Shape[0];
            var rec = right["reconstruction"].ToDoubles().Sum() / (samples * pixels);
            var kl = right["kl"].ToDoubles().Sum() / samples;
            return new Dictionary<string, Tensor> { ["loss"] = Tensor.Scalar(rec + (averaged ? kl / latents : beta * kl)) };
        });

        Assert.That(Changed.Hint(implementation, operation), Does.StartWith(expected));
    }

    private static (string First, string Second) Terms(Operation operation)
    {
        var rank = Rank(operation.Total!.Total);
        string Term(string name) => Rank(name) == rank ? name : $"sum({name})";
        return (Term(operation.Total!.First), Term(operation.Total.Second));
        int Rank(string name) => operation.Outputs.Single(f => f.Name == name).Axes.Count;
    }

    private static bool AreOne(Operation operation) => Checkout.Goldens[operation.Name].Cases
        .Where(c => !c.Refuses).All(c => c.Outputs[operation.Total!.First].Identical(c.Outputs[operation.Total.Second]));

    private static Tensor Sum(Tensor right, params (double Weight, Tensor Term)[] terms) => Tensor.Of(right.DType, right.Shape.ToArray(), [
        .. Enumerable.Range(0, right.Count).Select(e => terms.Sum(t => t.Weight * (t.Term.Count == right.Count ? t.Term[e] : t.Term.ToDoubles().Sum())))]);
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlStandardTests
{
    private static readonly Conventions Narrow = Conventions.House.With(Conventions.ClampName, "[-1, 1]");

    [SecondRoute("kl_standard", "kl_spatial")]
    [Test]
    public void Kl_EveryReduction_IsTheExpectedLogRatioByQuadrature(
        [Values("kl_standard", "kl_spatial")] string operation, [ValueSource(typeof(Reduced), nameof(Reduced.Ways))] string reduce)
    {
        var inputs = Tensors.For(operation);
        var (mu, logvar) = (inputs["mu"], inputs["logvar"]);
        var reference = new ReferenceKernels(Reduced.Convention(reduce));
        var answer = operation == "kl_standard" ? reference.KlStandard(mu, logvar) : reference.KlSpatial(mu, logvar);

        Agreement.Of(answer, Reduced.By(reduce, BySample(mu, logvar), mu.Count / mu.Shape[0]));
    }

    [SecondRoute("kl_standard")]
    [TestCase(-45.0, -30)]
    [TestCase(-30.0, -30)]
    [TestCase(3.5, 3.5)]
    [TestCase(20.0, 20)]
    [TestCase(27.0, 20)]
    public void Kl_UnderAClamp_IsThatOfTheClampedLogVariance(double logvar, double used)
    {
        var reference = new ReferenceKernels(Conventions.House.With(Conventions.ClampName, "[-30, 20]"));
        var mu = Tensors.Row(0.5, -1.25);

        Agreement.Of(reference.KlStandard(mu, Tensors.Row(logvar, 0.25)), BySample(mu, Tensors.Row(used, 0.25)));
    }

    /// <summary>½ (e^v − 1 − v) by its series in decimal, where 28 digits are left of what float64 cancels.</summary>
    [SecondRoute("kl_standard")]
    [TestCase(-4)]
    [TestCase(-10)]
    [TestCase(-20)]
    public void Kl_NearThePrior_KeepsItsDigits(int exponent)
    {
        var v = Math.ScaleB(1, exponent);
        decimal x = (decimal)v, term = x * x / 2, sum = 0;
        for (var n = 3; n < 20; n++)
        {
            sum += term;
            term *= x / n;
        }

        var answer = new ReferenceKernels().KlStandard(Tensors.Row(0), Tensors.Row(v));

        Assert.That(answer[0] / (double)(sum / 2), Is.EqualTo(1).Within(8 * Estimate.Unit));
    }

    [SecondRoute("kl_standard.vjp", "kl_spatial.vjp")]
    [Test]
    public void KlVjp_EveryReduction_FollowsCentralDifferences(
        [Values("kl_standard", "kl_spatial")] string operation, [ValueSource(typeof(Reduced), nameof(Reduced.Ways))] string reduce) =>
        CentralDifference.Agrees(operation, Tensors.For(operation), Reduced.Convention(reduce));

    [SecondRoute("kl_standard.vjp")]
    [Test]
    public void KlVjp_UnderAClamp_FollowsCentralDifferencesOnBothSidesOfIt() =>
        CentralDifference.Agrees(
            "kl_standard", new Dictionary<string, Tensor> { ["mu"] = Tensors.Row(1, 2, 3, 4), ["logvar"] = Tensors.Row(-3, -0.5, 0.75, 1.5) }, Narrow);

    [TestCase(-30.5, 0)]
    [TestCase(20.5, 0)]
    [TestCase(0.0, 0)]
    [TestCase(-30.0, -0.5)]
    public void KlVjp_OutsideTheClamp_IsZeroInLogVariance(double logvar, double expected)
    {
        var reference = new ReferenceKernels(Conventions.House.With(Conventions.ClampName, "[-30, 20]"));

        var (_, slope) = reference.KlStandardVjp(Tensors.Row(1), Tensors.Row(logvar), Tensors.Vector(1));

        Assert.That(slope![0], Is.EqualTo(expected).Within(Math.Exp(-30)));
    }

    /// <summary>½ (e^v − 1) ≈ v/2 + v²/4 near zero: subtracting one from e^v would leave no digit of it.</summary>
    [SecondRoute("kl_standard.vjp")]
    [TestCase(-30)]
    [TestCase(-60)]
    public void KlVjp_NearThePrior_KeepsItsDigits(int exponent)
    {
        var v = Math.ScaleB(1, exponent);

        var (_, slope) = new ReferenceKernels().KlStandardVjp(Tensors.Row(0), Tensors.Row(v), Tensors.Vector(1));

        Assert.That(slope![0] / ((v / 2) + (v * v / 4)), Is.EqualTo(1).Within(8 * Estimate.Unit));
    }

    /// <summary>E_q[log q − log p] with z = μ + σ t, the common −½ log 2π left out.</summary>
    internal static Estimate[] BySample(Tensor mu, Tensor logvar) =>
    [
        .. Enumerable.Range(0, mu.Shape[0]).Select(b => Estimate.Sum(mu.RowOf(b).Zip(logvar.RowOf(b), (m, v) =>
        {
            var sigma = Math.Exp(v / 2);
            return Quadrature.Normal(t => -t * t / 2, _ => -v / 2, t => (m + (sigma * t)) * (m + (sigma * t)) / 2);
        }))),
    ];
}

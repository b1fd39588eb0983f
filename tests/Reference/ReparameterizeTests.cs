using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ReparameterizeTests
{
    private static readonly Conventions Narrow = Conventions.House.With(Conventions.ClampName, "[-1, 1]");

    /// <summary>Noise and shift have one sign and the square e^logvar ε²: no square root, no half in an exponent.</summary>
    [SecondRoute("reparameterize")]
    [TestCase("one")]
    [TestCase("two")]
    public void Reparameterize_WithoutAMean_SquaresToTheVarianceTimesTheNoise(string key)
    {
        var inputs = Tensors.For("reparameterize", key);
        var (logvar, epsilon) = (inputs["logvar"], inputs["epsilon"]);
        var zero = Tensors.Of(logvar.Shape.ToArray(), _ => 0);

        var z = new ReferenceKernels().Reparameterize(zero, logvar, epsilon);

        for (var i = 0; i < z.Count; i++)
        {
            var square = Estimate.Computed(Math.Exp(logvar[i]) * epsilon[i] * epsilon[i]);
            Agreement.Within(z[i] * z[i], square, 0, $"element {i}");
            Assert.That(Math.Sign(z[i]), Is.EqualTo(Math.Sign(epsilon[i])));
        }
    }

    [SecondRoute("reparameterize")]
    [TestCase(0.5, -1.75)]
    [TestCase(-2.25, 1.5)]
    public void Reparameterize_OverStandardNoise_HasTheMeanAndVarianceItWasGiven(double mu, double logvar)
    {
        var reference = new ReferenceKernels();
        double Z(double epsilon) => reference.Reparameterize(Tensors.Row(mu), Tensors.Row(logvar), Tensors.Row(epsilon))[0];

        Agreement.Within(mu, Quadrature.Normal(Z), 0, "mean");
        Agreement.Within(Math.Exp(logvar), Quadrature.Normal(e => Math.Pow(Z(e) - mu, 2)), 0, "variance");
    }

    [SecondRoute("reparameterize")]
    [TestCase(-64.0, -30)]
    [TestCase(36.0, 20)]
    [TestCase(1.25, 1.25)]
    public void Reparameterize_UnderAClamp_IsThatOfTheClampedLogVariance(double logvar, double used)
    {
        var reference = new ReferenceKernels(Conventions.House.With(Conventions.ClampName, "[-30, 20]"));

        var z = reference.Reparameterize(Tensors.Row(0), Tensors.Row(logvar), Tensors.Row(1.5));

        Agreement.Within(z[0] * z[0], Estimate.Computed(2.25 * Math.Exp(used)), 0, "square");
    }

    [SecondRoute("reparameterize.vjp")]
    [Test]
    public void ReparameterizeVjp_AnyInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("reparameterize", Tensors.For("reparameterize"));

    [SecondRoute("reparameterize.vjp")]
    [Test]
    public void ReparameterizeVjp_UnderAClamp_FollowsCentralDifferencesOnBothSidesOfIt() =>
        CentralDifference.Agrees(
            "reparameterize",
            new Dictionary<string, Tensor>
            {
                ["mu"] = Tensors.Row(1, 2, 3, 4),
                ["logvar"] = Tensors.Row(-3, -0.5, 0.75, 1.5),
                ["epsilon"] = Tensors.Row(0.5, -1.5, 2, 1),
            },
            Narrow);
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class TemperatureLogvarTests
{
    /// <summary>Samples of the tempered variance are samples of the other, stretched by T: their second moments, by quadrature.</summary>
    [SecondRoute("temperature_logvar")]
    [TestCase(-1.5, 0.625)]
    [TestCase(1.25, 0.25)]
    [TestCase(0.0, 2.5)]
    [TestCase(2.0, 1.0)]
    public void TemperatureLogvar_OfASample_StretchesItByTheTemperature(double logvar, double temperature)
    {
        var tempered = new ReferenceKernels().TemperatureLogvar(Tensors.Row(logvar), temperature);

        var moment = Quadrature.Normal(t => Math.Pow(temperature * Math.Exp(logvar / 2) * t, 2));
        Agreement.Of(tempered, Estimate.Log(moment));
    }

    [SecondRoute("temperature_logvar.vjp")]
    [Test]
    public void TemperatureLogvarVjp_AnyInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("temperature_logvar", Tensors.For("temperature_logvar"));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void TemperatureLogvar_TemperatureThatIsNone_IsRefused(double temperature) =>
        Assert.That(() => new ReferenceKernels().TemperatureLogvar(Tensors.Row(1), temperature), Throws.TypeOf<RefusalException>());
}

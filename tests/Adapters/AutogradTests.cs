using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>Gradients without a line written for them, noise handed in, modules with the contract's tensors in them.</summary>
public class AutogradTests
{
    private Foreign foreign = null!;

    [OneTimeSetUp]
    public void Begin() => foreign = AdapterScript.Start(Python.With("torch"), "gradients.py");

    [OneTimeTearDown]
    public void End() => foreign?.Dispose();

    [TestCase("reparameterize")]
    [TestCase("straight_through")]
    [TestCase("tied_linear")]
    [TestCase("ema_update_lesson")]
    public void Verify_RightCode_PassesWithItsGradients(string operation)
    {
        string[] both = [operation, $"{operation}{Operation.GradientSuffix}"];
        Assert.That(AdapterScript.Bad(foreign, [.. both.Where(o => Catalogue.Standard.Find(o) is not null)]), Is.Empty);
    }

    [TestCase("kl_standard", "no gradient reaches mu: keep it in the graph, or say detached=[\"mu\"] where that is meant, or write kl_standard.vjp")]
    [TestCase("vq_quantize", "no gradient reaches codebook: keep it in the graph, or say detached=[\"codebook\"] where that is meant, or write vq_quantize.vjp")]
    [TestCase("vae_loss", "vae_loss returns no loss, so that it has no gradient; return it, or say grad=False")]
    public void Ask_AGradientThatIsNotThere_IsAnErrorAndNeverZeros(string operation, string why) =>
        Assert.That(AdapterScript.Ask(foreign, $"{operation}{Operation.GradientSuffix}"), Is.EqualTo(new Raised($"RuntimeError: {why}")));

    [TestCase("gumbel_noise", "nothing drew it")]
    [TestCase("gumbel_softmax", "for one draw, and this is the second")]
    [TestCase("temperature_logvar", "draws noise of shape (9, 9); what was given has (")]
    public void Ask_NoiseThatIsNotDrawnOnce_IsAnError(string operation, string why) =>
        Assert.That((AdapterScript.Ask(foreign, operation) as Raised)?.Message, Does.Contain(why));

    [Test]
    public void Offers_AGradientThatIsNotOffered_IsNot() => Assert.Multiple(() =>
    {
        Assert.That(foreign.Offers(Catalogue.Standard.Find("squared_error_sum.vjp")!), Is.False);
        Assert.That(foreign.Offers(Catalogue.Standard.Find("tied_linear.vjp")!), Is.True);
        Assert.That(foreign.Unknown, Is.Empty);
    });
}

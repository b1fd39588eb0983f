using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Wire;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>latent_adapter.py with functions that print, change, fail and forget; one process for all of them.</summary>
public class AdapterTests
{
    private Foreign foreign = null!;

    [OneTimeSetUp]
    public void Begin() => foreign = AdapterScript.Start(Python.Program, "manners.py");

    [OneTimeTearDown]
    public void End() => foreign?.Dispose();

    [Test]
    public void Ask_AFunctionThatPrints_IsHeardOnStderrOnly()
    {
        Assert.That(AdapterScript.Bad(foreign, "kl_standard", "kl_standard.vjp"), Is.Empty);
        Assert.That(foreign.StrayLine(), Is.Null);
    }

    [TestCase("squared_error_sum", "RuntimeError: changed its input x; work on a copy")]
    [TestCase("l1", "ValueError: the first line and a second")]
    [TestCase("bce", "SystemExit: I am off")]
    [TestCase("reparameterize", "TypeError: its parameter logvar stands where the contract has mu; name them as in (mu, logvar, epsilon)")]
    [TestCase("vq_loss", "TypeError: returned 2 values for loss; name them with fields=[...] or return a dict")]
    [TestCase("fvu", "TypeError: returned variance; expected some of fvu")]
    public void Ask_AFunctionThatFails_SaysWhyInOneLine(string operation, string why) =>
        Assert.That(AdapterScript.Ask(foreign, operation), Is.EqualTo(new Raised(why)));

    [Test]
    public void Ask_ACaseThatIsPassedOn_IsDeclined() =>
        Assert.That(AdapterScript.Ask(foreign, "psnr"), Is.EqualTo(new Declined("no decibels here")));

    [Test]
    public void Ask_WhatIsNotServed_IsUnsupported() =>
        Assert.That(AdapterScript.Ask(foreign, "squared_error_sum.vjp"), Is.EqualTo(new Unsupported()));
}

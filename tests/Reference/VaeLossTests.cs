using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class VaeLossTests
{
    private const string Squared = "vae_loss";
    private const string CrossEntropy = "vae_loss_bce";

    [SecondRoute(Squared, CrossEntropy)]
    [Test]
    public void VaeLoss_EveryReduction_JoinsReconstructionAndBetaTimesKl(
        [Values(Squared, CrossEntropy)] string operation, [ValueSource(typeof(Reduced), nameof(Reduced.Ways))] string reduce)
    {
        var inputs = Inputs(operation);
        var (x, xHat, mu, logvar, beta) = (inputs["x"], inputs["x_hat"], inputs["mu"], inputs["logvar"], inputs["beta"][0]);
        var reference = new ReferenceKernels(Reduced.Convention(reduce));

        var (loss, reconstruction, kl) = operation == Squared
            ? reference.VaeLoss(x, xHat, mu, logvar, beta)
            : reference.VaeLossBce(x, xHat, mu, logvar, beta);

        Estimate[] pixels = operation == Squared ? [.. SquaredErrorTests.Sums(x, xHat)] : BceTests.BySample(x, xHat);
        var first = Reduced.By(reduce, pixels, x.Shape[1]);
        var second = Reduced.By(reduce, KlStandardTests.BySample(mu, logvar), mu.Shape[1]);
        Agreement.Of(reconstruction!, first);
        Agreement.Of(kl!, second);
        Agreement.Of(loss!, [.. first.Zip(second, (r, k) => r + (beta * k))]);
    }

    [SecondRoute(Squared + ".vjp", CrossEntropy + ".vjp")]
    [Test]
    public void VaeLossVjp_EveryReduction_FollowsCentralDifferences(
        [Values(Squared, CrossEntropy)] string operation, [ValueSource(typeof(Reduced), nameof(Reduced.Ways))] string reduce) =>
        CentralDifference.Agrees(operation, Inputs(operation), Reduced.Convention(reduce));

    [SecondRoute(Squared + ".vjp", CrossEntropy + ".vjp")]
    [TestCase(Squared)]
    [TestCase(CrossEntropy)]
    public void VaeLossVjp_UnderAClamp_FollowsCentralDifferencesOnBothSidesOfIt(string operation)
    {
        var inputs = Inputs(operation);
        inputs["logvar"] = inputs["logvar"].With(0, -1.5).With(1, 0.5).With(2, 1.25);

        CentralDifference.Agrees(operation, inputs, Conventions.House.With(Conventions.ClampName, "[-1, 1]"));
    }

    private static Dictionary<string, Tensor> Inputs(string operation) =>
        operation == Squared ? Tensors.For(operation) : BceTests.Inputs(operation);
}

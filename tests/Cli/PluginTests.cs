using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Cli;

/// <summary>Somebody else's assembly: this one, with a right and a wrong float32 KL in it.</summary>
public class PluginTests
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "LatentConformance.Tests.dll");

    [Test]
    public void Verify_ARightClass_HoldsAndCountsTheRestAsUnsupported()
    {
        var (exit, output, error) = LatentProcess.Run("verify", $"{Assembly}:{nameof(RightKl)}");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero, output + error);
            Assert.That(output, Does.Contain("RightKl").And.Contain("float32"));
            Assert.That(output, Does.Match("not offered: [0-9]+ operations"));
            Assert.That(output, Does.Match("[1-9][0-9]* passed, 0 failed, 0 errors, [1-9][0-9]* unsupported"));
        });
    }

    [Test]
    public void Verify_AWrongClass_ExitsOneWithTheFirstWrongElementAndAReplay()
    {
        var (exit, output, _) = LatentProcess.Run("verify", $"{Assembly}:{nameof(HalfMissingKl)}", "--op", "kl_standard", "--all");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(1));
            Assert.That(output, Does.Contain("FAIL kl_standard/mixed-signs").And.Contain("kl[0] is ").And.Contain("5 of 5 elements are off"));
            Assert.That(output, Does.Contain("latent replay kl_standard/mixed-signs --seed 1"));
        });
    }

    [Test]
    public void Verify_AnAssemblyWithSeveralClasses_AsksWhich()
    {
        var (exit, _, error) = LatentProcess.Run("verify", Assembly);
        Assert.That((exit, error.Contains("several implementations", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }

    [Test]
    public void Verify_AClassThatIsNotThere_IsRefused()
    {
        var (exit, _, error) = LatentProcess.Run("verify", $"{Assembly}:Nobody");
        Assert.That((exit, error.Contains("no public class 'Nobody'", StringComparison.Ordinal)), Is.EqualTo((2, true)), error);
    }
}

/// <summary>A KL as a C# user would write it: float32, fused, and nothing else offered.</summary>
public class RightKl : IGaussian
{
    public virtual Tensor KlStandard(Tensor mu, Tensor logvar)
    {
        if (!mu.SameShape(logvar))
        {
            throw new RefusalException("mu and logvar differ in shape");
        }

        var kl = new float[mu.Shape[0]];
        for (var b = 0; b < kl.Length; b++)
        {
            var sum = 0f;
            for (var j = b * mu.Shape[1]; j < (b + 1) * mu.Shape[1]; j++)
            {
                var (m, lv) = (mu.Float32[j], logvar.Float32[j]);
                sum += 1 + lv - (m * m) - MathF.Exp(lv);
            }

            kl[b] = -0.5f * sum;
        }

        return new Tensor([kl.Length], kl);
    }

    public (Tensor? DMu, Tensor? DLogvar) KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl) => throw new NotImplementedException();

    public Tensor KlSpatial(Tensor mu, Tensor logvar) => throw new NotImplementedException();

    public (Tensor? DMu, Tensor? DLogvar) KlSpatialVjp(Tensor mu, Tensor logvar, Tensor dKl) => throw new NotImplementedException();

    public Tensor KlGaussians(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP) => throw new NotImplementedException();

    public (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlGaussiansVjp(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, Tensor dKl) =>
        throw new NotImplementedException();

    public Tensor Reparameterize(Tensor mu, Tensor logvar, Tensor epsilon) => throw new NotImplementedException();

    public (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) ReparameterizeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ) => throw new NotImplementedException();
}

/// <summary>The same with the ½ forgotten.</summary>
public sealed class HalfMissingKl : RightKl
{
    public override Tensor KlStandard(Tensor mu, Tensor logvar)
    {
        var half = base.KlStandard(mu, logvar);
        return new Tensor(half.Shape.ToArray(), [.. half.Float32.ToArray().Select(v => 2 * v)]);
    }
}

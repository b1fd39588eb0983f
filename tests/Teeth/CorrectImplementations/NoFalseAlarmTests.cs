using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>A right implementation sees no red, whichever of the right ways it is written in.</summary>
public sealed class NoFalseAlarmTests
{
    [TestCaseSource(typeof(Styles), nameof(Styles.Undeclared))]
    public void Verify_RightCode_NoCoreFailure(object style) => AssertRight((Style)style, Catalogue.Standard.Operations);

    [TestCaseSource(typeof(Styles), nameof(Styles.Declared))]
    public void Verify_DeclaredConvention_NoCoreFailure(object style) => AssertRight(
        (Style)style, Catalogue.Standard.Operations.Where(o => ((Style)style).Conventions.Departures(o).Any()));

    [TestCaseSource(typeof(Styles), nameof(Styles.Departures))]
    public void Verify_UndeclaredConvention_FailsAndNamesIt(string name, string value)
    {
        var silent = new Undeclared(new Style("silent", DType.Float32) { Conventions = Conventions.House.With(name, value) });

        var bad = Ground.Verify(new InProcess(silent), Telling(name)).Where(r => r.IsBad() && !r.Strict).ToArray();

        // The mean of an empty batch is refused, and there is nothing in a refusal to explain.
        var answered = bad.Where(r => !r.Message!.StartsWith("refused", StringComparison.Ordinal)).ToArray();
        Assert.That(answered, Is.Not.Empty);
        Assert.That(answered.Select(r => r.Message), Has.All.Contains($"this is {name}: {value}; declare it, or mend it"));
    }

    /// <summary>The value is clamped and so declared, the gradient is that of the raw log-variance (KL22).</summary>
    [Test]
    public void Verify_ClampedValueWithRawGradient_Fails()
    {
        var clamped = new RawGradient(new Style("raw gradient", DType.Float32) { Conventions = Conventions.House with { LogvarClamp = (-30, 20) } });

        var bad = Ground.Verify(new InProcess(clamped), "kl_standard", "kl_standard.vjp").Where(r => r.IsBad() && !r.Strict);

        Assert.That(bad.Select(r => r.Id), Is.EqualTo(["kl_standard.vjp/beyond-a-clamp", "kl_standard.vjp/tiny-variance"]));
    }

    /// <summary>The rotation as declared, but R^T g without the ratio of the norms (ST09).</summary>
    [Test]
    public void Verify_RotationWithoutRescale_Fails()
    {
        var unscaled = new Unscaled(new Style("unscaled", DType.Float32) { Conventions = Conventions.House with { Estimator = "rotation" } });

        var bad = Ground.Verify(new InProcess(unscaled), "vq_quantize.vjp", "vq_quantize_map.vjp").Where(r => r.IsBad() && !r.Strict);

        Assert.That(bad.Select(r => r.Operation).Distinct(), Is.EqualTo(["vq_quantize.vjp", "vq_quantize_map.vjp"]));
    }

    /// <summary>An operation whose answers show the convention.</summary>
    private static string Telling(string convention) => convention switch
    {
        Conventions.BetaName => "vq_loss.vjp",
        Conventions.EstimatorName => "vq_quantize.vjp",
        _ => "kl_standard",
    };

    private static void AssertRight(Style style, IEnumerable<Operation> operations)
    {
        var kernels = new InProcess(Styles.Kernels(style));
        string[] offered = [.. operations.Where(kernels.Offers).Select(o => o.Name)];

        var results = Ground.Verify(kernels, offered);

        Assert.That(results.Where(r => r.IsBad() && !r.Strict).Select(r => $"{r.Id}: {r.Message}"), Is.Empty);
        Assert.That(results.Where(r => r.Outcome == Outcome.Pass), Is.Not.Empty);
        Assert.That(results.Where(r => r.Outcome == Outcome.Unsupported), Is.Empty);
    }

    private sealed class Undeclared(Style style) : Kernels<float>(style), IDescribed
    {
        Description IDescribed.Description => new("silent", "1", DType.Float32);
    }

    private sealed class Unscaled(Style style) : Kernels<float>(style)
    {
        protected override float[] PassedBack(float[] z, float[] code, float[] upstream)
        {
            var ratio = MathF.Sqrt(code.Sum(c => c * c) / z.Sum(c => c * c));
            return [.. base.PassedBack(z, code, upstream).Select(g => g / ratio)];
        }
    }

    private sealed class RawGradient(Style style) : Kernels<float>(style), IGaussian
    {
        (Tensor? DMu, Tensor? DLogvar) IGaussian.KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl) =>
            new Kernels<float>(style with { Conventions = Conventions.House }).KlStandardVjp(mu, logvar, dKl);

        private readonly Style style = style;
    }
}

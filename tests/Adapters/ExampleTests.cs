using LatentConformance.Tests.Cli;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>Independent implementations of mainstream make: correct code sees no red, and a convention is declared or told.</summary>
public class ExampleTests
{
    private static readonly string Examples = Path.Combine(Checkout.Root, "adapters", "python", "examples");

    /// <summary>Every case in float32, every third case and claim in float64; CI runs the whole of that.</summary>
    [TestCase("torch", "float32", "*/*", "1/1")]
    [TestCase("torch", "float64", "*", "1/3")]
    [TestCase("numpy", "float32", "*/*", "1/1")]
    [TestCase("numpy", "float64", "*", "1/3")]
    public void Verify_AReferenceInMainstreamCode_Passes(string library, string dtype, string filter, string shard)
    {
        var (exit, output, error) = LatentProcess.Run("verify", "--filter", filter, "--shard", shard, "--timeout", "60", "--", Python.With(library), Path.Combine(Examples, $"{library}_reference.py"), "--dtype", dtype);
        Assert.That(exit, Is.Zero, output + error);
        Assert.That(output, Does.Contain($"{library}-reference").And.Contain($"{dtype} on cpu"));
    }

    [Test]
    public void Verify_AConventionThatIsDeclared_Passes()
    {
        var (exit, output, error) = Legacy("declared");
        Assert.That(exit, Is.Zero, output + error);
    }

    [Test]
    public void Verify_AConventionThatIsNot_FailsAndIsTold()
    {
        var (exit, output, error) = Legacy("silent");
        Assert.That(exit, Is.EqualTo(1), error);
        Assert.That(output, Does.Contain("reduce: mean").And.Contain("declare"));
    }

    private static (int Exit, string Out, string Error) Legacy(string manner) => LatentProcess.Run(
        "verify", "--filter", "*/*", "--op", "vq_loss", "--op", "vq_loss.vjp", "--op", "vq_quantize", "--timeout", "60",
        "--", Python.With("torch"), Path.Combine(Checkout.Root, "tests", "Adapters", "legacy_quantizer.py"), manner);
}

using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using LatentConformance.Reference;
using LatentConformance.Tests.Teeth.CorrectImplementations;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>A verdict says what mistake it looks like: the one that explains every answer, or none.</summary>
public sealed class DiagnosisTests
{
    /// <summary>What is answered instead of refused is told by its one failing case, and has no answers to be explained.</summary>
    private const string Unrefused = "expected a refusal";

    [TestCase(DType.Float64)]
    [TestCase(DType.Float32)]
    public void Verify_Mistake_NamedInTheVerdict(DType dtype)
    {
        var told = Ground.Matrix.Values.Where(b => !b.In(dtype).All(r => r.Message!.EndsWith(Unrefused, StringComparison.Ordinal))).ToArray();
        var unnamed = told.Where(b => !b.In(dtype).Any(r => Names(r, b.Mistake))).Select(b => $"{b.Mistake.Operation} {b.Mistake.Name}").ToArray();

        TestContext.Out.WriteLine($"{told.Length - unnamed.Length} of {KnownMistakes.All.Count} mistakes are named in {dtype.WireName()}");
        Assert.That(unnamed, Is.Empty, "mistakes that the inputs do not tell apart: sharpen the inputs, or keep one of them");
    }

    [Test]
    public void Verify_MistakeInFloat32Arithmetic_Named()
    {
        var results = Ground.Verify(new InProcess(new HalfMissing()), "kl_standard");

        Assert.That(results.Where(r => r.IsBad()).Select(r => r.Message), Has.All.Contains("this is half-missing (KL12)"));
    }

    [TestCaseSource(nameof(WithoutName))]
    public void Verify_UnknownMistake_NotNamed(string operation, Func<double, double> change)
    {
        var unknown = new Mistake("XX00", "unknown", operation, "", "", inputs =>
        {
            var right = new InProcess(new ReferenceKernels()).Ask(Catalogue.Standard.Find(operation)!, inputs);
            return right is Answered answered
                ? answered.Outputs.ToDictionary(o => o.Key, o => Tensor.Of(o.Value.DType, o.Value.Shape.ToArray(), [.. o.Value.ToDoubles().Select(change)]))
                : throw new RefusalException("refused");
        });

        var bad = Ground.Verify(new Mistaken(Checkout.Oracle, unknown, DType.Float32), operation).Where(r => r.IsBad()).ToArray();

        Assert.That(bad, Is.Not.Empty);
        Assert.That(bad.Select(r => r.Message), Has.None.Contains("this is").And.None.Contains("your "));
    }

    private static IEnumerable<TestCaseData> WithoutName()
    {
        foreach (var operation in Catalogue.Standard.Operations.Where(o => o.Outputs.Any(f => f.Kind == FieldKind.Float)))
        {
            yield return new TestCaseData(operation.Name, (Func<double, double>)(v => (1.4140625 * v) + 7)).SetArgDisplayNames(operation.Name);
        }
    }

    private static bool Names(Result result, Mistake mistake) => result.Message!.Contains($"this is {mistake.Name} ({mistake.Id})", StringComparison.Ordinal);

    /// <summary>The mistake as one meets it: in float32 arithmetic, with float32's own roundings on the way.</summary>
    private sealed class HalfMissing() : Kernels<float>(new Style("half missing", DType.Float32))
    {
        protected override float KlOfSample(float[] mu, float[] lv) => 2 * base.KlOfSample(mu, lv);
    }
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;
using static LatentConformance.Tests.Reference.SinglePrecision;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LfqEntropyTests
{
    private const double Scale = 0.75, Inverse = 1.25, Gamma = 0.375;
    private static readonly Tensor Z = Tensors.Uniform("z", -1, 1, 5, 3);

    /// <summary>
    /// Given z the bits are independent, each set with σ(4τ·scale·z_i): an entropy is a sum over the bits, a code's
    /// probability a product. Averaged over samples they depend on each other.
    /// </summary>
    [SecondRoute("lfq_entropy")]
    [Test]
    public void LfqEntropy_BitByBit_IsWhatEnumerationSays()
    {
        var (loss, samples, joint) = new ReferenceKernels().LfqEntropy(Z, Scale, Inverse, Gamma);

        Estimate[] entropies = [.. Enumerable.Range(0, 5).Select(n => Estimate.Sum(Z.RowOf(n).SelectMany(z => new[] { Set(z), Set(-z) }).Select(p => -p * Math.Log(p))))];
        var mean = Enumerable.Range(0, 8).Select(c => Enumerable.Range(0, 5)
            .Average(n => Z.RowOf(n).Select((z, i) => Set(((c >> i) & 1) == 1 ? z : -z)).Aggregate((a, b) => a * b)));
        var diversity = Estimate.Sum(mean.Select(p => -p * Math.Log(p)));
        Agreement.Of(samples!, entropies);
        Agreement.Of(joint!, diversity);
        Agreement.Of(loss!, (Estimate.Sum(entropies) / 5) - (Gamma * diversity));
    }

    [SecondRoute("lfq_entropy.vjp")]
    [TestCase(0.375)]
    [TestCase(2.5)]
    public void LfqEntropyVjp_UnderThreeCotangents_FollowsCentralDifferences(double gamma) =>
        CentralDifference.Agrees("lfq_entropy", Inputs(Z, gamma));

    /// <summary>Σ over the valid tokens only, their codes' probabilities again as products over the bits.</summary>
    [SecondRoute("lfq_entropy_masked")]
    [Test]
    public void LfqEntropyMasked_BitByBit_KnowsTheValidTokensOnly()
    {
        int[] valid = [0, 2, 3];
        var mask = Tensors.Of([5], n => valid.Contains(n) ? 1 : 0);

        var (loss, sample, joint) = new ReferenceKernels().LfqEntropyMasked(Z, mask, Scale, Inverse, Gamma);

        var entropy = Estimate.Sum(valid.SelectMany(n => Z.RowOf(n)).SelectMany(z => new[] { Set(z), Set(-z) }).Select(p => -p * Math.Log(p))) / 3;
        var mean = Enumerable.Range(0, 8).Select(c => valid
            .Average(n => Z.RowOf(n).Select((z, i) => Set(((c >> i) & 1) == 1 ? z : -z)).Aggregate((a, b) => a * b)));
        var diversity = Estimate.Sum(mean.Select(p => -p * Math.Log(p)));
        Agreement.Of(sample!, entropy);
        Agreement.Of(joint!, diversity);
        Agreement.Of(loss!, entropy - (Gamma * diversity));
    }

    [SecondRoute("lfq_entropy_masked.vjp")]
    [TestCase(0.375)]
    [TestCase(2.5)]
    public void LfqEntropyMaskedVjp_UnderThreeCotangents_FollowsCentralDifferences(double gamma) =>
        CentralDifference.Agrees("lfq_entropy_masked", new Dictionary<string, Tensor>(Inputs(Z, gamma)) { ["mask"] = Tensors.Vector(1, 0, 1, 1, 0) });

    /// <summary>Sure of everything and alike: no entropy, and no NaN on the way.</summary>
    [Test]
    public void LfqEntropy_OfCertainBits_IsZeroAndFinite()
    {
        var z = Tensors.Of([4, 3], _ => 1000);
        var reference = new ReferenceKernels();

        var (loss, _, joint) = reference.LfqEntropy(z, Scale, Inverse, Gamma);
        var gradient = reference.LfqEntropyVjp(z, Scale, Inverse, Gamma, 1, Tensors.Of([4], _ => 1), 1);

        Assert.That((loss![0], joint![0]), Is.EqualTo((0.0, 0.0)));
        Assert.That(gradient.ToDoubles(), Is.All.Zero);
    }

    /// <summary>Softmax over all codes in float32, as libraries do it: probabilities first, their logarithms after.</summary>
    [Test]
    public void Bound_OfTheEnumerationInFloat32_Holds()
    {
        foreach (var order in Orders)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var z = Tensors.Uniform($"z{seed}", -1, 1, 6, 4);
                var (_, samples, joint) = new ReferenceKernels().LfqEntropy(z, Scale, Inverse, Gamma);
                float[][] p = [.. Enumerable.Range(0, 6).Select(n => Softmax([.. z.RowOf(n).Select(v => (float)v)], order))];
                float Entropy(float[] q) => -order([.. q.Select(x => x * MathF.Log(x))]);

                Assert.That(Beyond(samples!, [.. p.Select(q => (double)Entropy(q))]), Is.Empty);
                Assert.That(Beyond(joint!, [Entropy([.. Enumerable.Range(0, 16).Select(c => order([.. p.Select(q => q[c])]) / 6)])]), Is.Empty);
            }
        }
    }

    [TestCase(0, 1.25, 0.375)]
    [TestCase(0.75, 0, 0.375)]
    [TestCase(0.75, double.NaN, 0.375)]
    [TestCase(0.75, 1.25, -1)]
    public void LfqEntropy_ASettingThatIsNone_IsRefused(double scale, double inverse, double gamma) =>
        Assert.That(() => new ReferenceKernels().LfqEntropy(Z, scale, inverse, gamma), Throws.TypeOf<RefusalException>());

    private static Dictionary<string, Tensor> Inputs(Tensor z, double gamma) => new()
    {
        ["z"] = z,
        ["scale"] = Tensor.Scalar(Scale),
        ["inverse_temperature"] = Tensor.Scalar(Inverse),
        ["gamma"] = Tensor.Scalar(gamma),
    };

    private static double Set(double z) => 1 / (1 + Math.Exp(-4 * Inverse * Scale * z));

    private static float[] Softmax(float[] z, Func<float[], float> order)
    {
        float[] logits = [.. Enumerable.Range(0, 1 << z.Length).Select(c =>
            2 * (float)Inverse * order([.. z.Select((v, i) => v * (((c >> i) & 1) == 1 ? (float)Scale : -(float)Scale))]))];
        float[] exponentials = [.. logits.Select(l => MathF.Exp(l - logits.Max()))];
        return [.. exponentials.Select(e => e / order(exponentials))];
    }
}

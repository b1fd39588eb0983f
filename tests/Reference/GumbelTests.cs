using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class GumbelTests
{
    private static readonly Tensor Logits = Tensors.Normal("logits", 6, 5);
    private static readonly Tensor Uniforms = Tensors.Uniform("uniforms", 0.0625, 0.9375, 6, 5);

    /// <summary>The noise is where the distribution function e^(−e^(−g)) is u.</summary>
    [SecondRoute("gumbel_noise")]
    [Test]
    public void GumbelNoise_ThroughTheDistributionFunction_IsTheUniformAgain()
    {
        var noise = new ReferenceKernels().GumbelNoise(Uniforms);

        for (var i = 0; i < noise.Count; i++)
        {
            var back = Math.Exp(-Math.Exp(-noise[i]));
            Agreement.Within(back, Estimate.Computed(Uniforms[i]), noise.Tolerance!.Allowed(i, Precision.Of(DType.Float64), strict: false), $"element {i}");
        }
    }

    [SecondRoute("gumbel_noise.vjp", "gumbel_softmax.vjp")]
    [TestCase("gumbel_noise")]
    [TestCase("gumbel_softmax")]
    public void GumbelVjp_OfWhatIsSmooth_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    /// <summary>Without noise, without exponentials of sums: the weights are (e^logit / −log u)^(1/τ).</summary>
    [SecondRoute("gumbel_softmax")]
    [TestCase(0.25)]
    [TestCase(1.0)]
    [TestCase(3.5)]
    public void GumbelSoftmax_AnyTemperature_IsAPowerOfARaceOfExponentials(double temperature)
    {
        var y = new ReferenceKernels().GumbelSoftmax(Logits, Uniforms, temperature);

        Agreement.Of(y, [.. Enumerable.Range(0, 6).SelectMany(i => Shares(i, 1 / temperature)).Select(Estimate.Computed)]);
    }

    [SecondRoute("gumbel_softmax_hard")]
    [Test]
    public void GumbelSoftmaxHard_OfARaceOfExponentials_IsTheWinner()
    {
        int[] winners = [.. Enumerable.Range(0, 6).Select(i => Shares(i, 1)).Select(s => Array.IndexOf(s, s.Max()))];

        var (y, indices) = new ReferenceKernels().GumbelSoftmaxHard(Logits, Uniforms, 0.75);

        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(winners));
        Agreement.Exactly(y!, [.. winners.SelectMany(w => Enumerable.Range(0, 5).Select(k => k == w ? 1.0 : 0))]);
    }

    /// <summary>In training the race decides; in evaluation the row in order, whatever the noise.</summary>
    [SecondRoute("gumbel_quantize")]
    [Test]
    public void GumbelQuantize_InTrainingAndInEvaluation_IsTheRaceAndTheLargestLogit()
    {
        var reference = new ReferenceKernels();
        int[] winners = [.. Enumerable.Range(0, 6).Select(i => Shares(i, 1)).Select(s => Array.IndexOf(s, s.Max()))];
        int[] largest = [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, 5).OrderByDescending(k => Logits[i, k]).First())];
        Assert.That(winners, Is.Not.EqualTo(largest), "the noise decides nothing here");

        Assert.That(reference.GumbelQuantize(Logits, Uniforms, 0.75, training: 1).Indices!.Int64.ToArray(), Is.EqualTo(winners));
        foreach (var noise in new[] { Uniforms, Tensors.Uniform("other uniforms", 0.0625, 0.9375, 6, 5) })
        {
            var (y, indices) = reference.GumbelQuantize(Logits, noise, 0.75, training: 0);
            Assert.That(indices!.Int64.ToArray(), Is.EqualTo(largest));
            Agreement.Exactly(y!, [.. largest.SelectMany(w => Enumerable.Range(0, 5).Select(k => k == w ? 1.0 : 0))]);
        }
    }

    /// <summary>Nothing flows in evaluation, as the values say; in training what flows through the soft weights.</summary>
    [SecondRoute("gumbel_quantize.vjp")]
    [Test]
    public void GumbelQuantizeVjp_InTrainingAndInEvaluation_FollowsCentralDifferences()
    {
        var reference = new ReferenceKernels();
        var upstream = Tensors.Normal("upstream", 6, 5);

        Agreement.Of(reference.GumbelQuantizeVjp(Logits, Uniforms, 0.75, training: 1, upstream), SoftSlopes(upstream));
        Agreement.Of(reference.GumbelQuantizeVjp(Logits, Uniforms, 0.75, training: 0, upstream), CentralDifference.Gradient(Logits, moved =>
            Estimate.Sum(reference.GumbelQuantize(moved, Uniforms, 0.75, training: 0).Y!.ToDoubles().Zip(upstream.ToDoubles(), (y, d) => y * d))));
    }

    /// <summary>onehot + y − sg(y), the one-hot and the stopped y frozen: only the soft y moves.</summary>
    [SecondRoute("gumbel_softmax_hard.vjp")]
    [Test]
    public void GumbelSoftmaxHardVjp_WithTheOneHotFrozen_FollowsCentralDifferencesOfTheSoftOne()
    {
        var upstream = Tensors.Normal("upstream", 6, 5);

        var gradient = new ReferenceKernels().GumbelSoftmaxHardVjp(Logits, Uniforms, 0.75, upstream);

        Agreement.Of(gradient, SoftSlopes(upstream));
    }

    [Test]
    public void GumbelSoftmaxHard_EqualLogitsAndNoise_LeaveNoOtherChoiceThanTheLowest()
    {
        var (_, indices) = new ReferenceKernels().GumbelSoftmaxHard(Tensors.Row(-1, 2, 2, 2), Tensors.Row(0.5, 0.25, 0.25, 0.25), 1);

        Assert.That(indices![0], Is.EqualTo(1));
        Assert.That(indices.Tolerance!.Alternatives, Is.Empty);
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void GumbelNoise_UniformOffTheOpenInterval_IsRefused(double uniform) =>
        Assert.That(() => new ReferenceKernels().GumbelNoise(Tensors.Row(0.5, uniform)), Throws.TypeOf<RefusalException>());

    private static Estimate[] SoftSlopes(Tensor upstream) => CentralDifference.Gradient(Logits, moved =>
    {
        var y = new ReferenceKernels().GumbelSoftmax(moved, Uniforms, 0.75);
        return Estimate.Sum(Enumerable.Range(0, y.Count).Select(i =>
            upstream[i] * new Estimate(y[i], y.Tolerance!.Allowed(i, Precision.Of(DType.Float64), strict: false))));
    });

    private static double[] Shares(int row, double power)
    {
        double[] weights = [.. Logits.RowOf(row).Zip(Uniforms.RowOf(row), (l, u) => Math.Pow(Math.Exp(l) / -Math.Log(u), power))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}

using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlCategoricalUniformTests
{
    /// <summary>Σ p log(K p) with p by plain division.</summary>
    [SecondRoute("kl_categorical_uniform")]
    [Test]
    public void Kl_OfOrdinaryLogits_IsTheExpectedLogRatio()
    {
        var logits = Tensors.Normal("logits", 6, 5);

        var kl = new ReferenceKernels().KlCategoricalUniform(logits);

        Agreement.Of(kl, [.. Enumerable.Range(0, 6).Select(i => logits.RowOf(i).Select(Math.Exp).ToArray())
            .Select(w => Estimate.Sum(w.Select(e => e / w.Sum() * Math.Log(5 * e / w.Sum()))))]);
    }

    [SecondRoute("kl_categorical_uniform")]
    [TestCase(2)]
    [TestCase(512)]
    public void Kl_OfOneCertainClass_IsLogK(int classes)
    {
        var logits = Tensors.Of([1, classes], i => i == 1 ? 800 : 0);

        Agreement.Of(new ReferenceKernels().KlCategoricalUniform(logits), Estimate.Computed(Math.Log(classes)));
    }

    [SecondRoute("kl_categorical_uniform.vjp")]
    [Test]
    public void KlVjp_OrdinaryLogits_FollowsCentralDifferences() =>
        CentralDifference.Agrees("kl_categorical_uniform", Tensors.For("kl_categorical_uniform"));
}

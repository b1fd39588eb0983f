using LatentConformance.Contract;
using LatentConformance.Reference;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>What is different in training: masks, and a step that both uses of a matrix take.</summary>
[TestFixture]
public sealed class MaskingTests
{
    private static readonly ReferenceKernels Reference = new();

    /// <summary>min(1, ⌊u / rate⌋) is 0 below the rate and 1 from it on.</summary>
    [SecondRoute("masking_noise")]
    [TestCase(0.125)]
    [TestCase(0.5)]
    [TestCase(0.875)]
    public void MaskingNoise_ByWholeRates_LeavesSurvivorsAsTheyAre(double rate)
    {
        var (x, uniforms) = (Tensors.Normal("x", 6, 5), Tensors.Uniform("uniforms", 0, 1, 6, 5));

        Agreement.Exactly(
            Reference.MaskingNoise(x, uniforms, rate, training: 1),
            [.. x.ToDoubles().Zip(uniforms.ToDoubles(), (v, u) => v * Math.Min(1, Math.Floor(u / rate)))]);
        Agreement.Exactly(Reference.MaskingNoise(x, uniforms, rate, training: 0), x.ToDoubles());
    }

    /// <summary>x̂ = x G with the Gram matrix of what the weights have become.</summary>
    [SecondRoute("tied_linear_updated")]
    [Test]
    public void TiedLinearUpdated_ByTheGramMatrixAfterTheStep_IsTheSame()
    {
        var (x, w, update) = (Tensors.Normal("x", 5, 3), Tensors.Normal("w", 4, 3), Tensors.Normal("update", 4, 3));
        var weights = Matrix<double>.Build.Dense(4, 3, (j, d) => w[j, d] + update[j, d]);
        var gram = weights.TransposeThisAndMultiply(weights);

        Agreement.Of(Reference.TiedLinearUpdated(x, w, update), [.. Enumerable.Range(0, 15).Select(i =>
            Estimate.Sum(Enumerable.Range(0, 3).Select(e => x[i / 3, e] * gram[e, i % 3])))]);
    }

    [SecondRoute("masking_noise.vjp", "tied_linear_updated.vjp")]
    [TestCase("masking_noise", 1)]
    [TestCase("masking_noise", 0)]
    [TestCase("tied_linear_updated", 1)]
    public void Vjp_OrdinaryInputs_FollowsCentralDifferences(string operation, long training)
    {
        var inputs = Tensors.For(operation);
        if (inputs.ContainsKey("training"))
        {
            inputs["training"] = new Tensor([], [training]);
        }

        CentralDifference.Agrees(operation, inputs);
    }
}

using LatentConformance.Reference;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class SparseFeatureTests
{
    private static readonly ReferenceKernels Reference = new();

    /// <summary>x wᵀ + (b_enc − b_dec wᵀ) in decimal: b_dec folded into the encoder's bias.</summary>
    [SecondRoute("sae_pre_activation")]
    [Test]
    public void SaePreActivation_WithTheBiasFolded_IsTheSame()
    {
        var (x, w) = (Tensors.Normal("x", 5, 3), Tensors.Normal("w", 4, 3));
        var (bEnc, bDec) = (Tensors.Normal("b_enc", 4), Tensors.Normal("b_dec", 3));
        decimal Through(double[] row, int j) => row.Zip(w.RowOf(j), (a, b) => (decimal)a * (decimal)b).Sum();

        var pre = Reference.SaePreActivation(x, w, bEnc, bDec);

        Agreement.Of(pre, [.. Enumerable.Range(0, 20).Select(i =>
            (Estimate)(double)(Through(x.RowOf(i / 4), i % 4) + ((decimal)bEnc[i % 4] - Through(bDec.ToDoubles(), i % 4))))]);
    }

    /// <summary>Each activation takes over its column's norm, and a plain L1 of what is then left is the price.</summary>
    [SecondRoute("l1_sparsity_weighted")]
    [Test]
    public void L1SparsityWeighted_OfActivationsThatTookTheNorms_IsAPlainL1()
    {
        var (h, decoder) = (Tensors.Normal("h", 5, 4), Dense("decoder", 3, 4));
        double[] norms = [.. decoder.EnumerateColumns().Select(c => c.L2Norm())];

        var penalty = Reference.L1SparsityWeighted(h, Tensors.Normal("decoder", 3, 4));

        Agreement.Of(penalty, [.. Enumerable.Range(0, 5).Select(b => Estimate.Computed(h.RowOf(b).Select((v, j) => Math.Abs(v * norms[j])).Sum()))]);
    }

    [SecondRoute("unit_norm_decoder")]
    [Test]
    public void UnitNormDecoder_OfMathNet_IsTheSame()
    {
        var unit = Dense("decoder", 5, 4).NormalizeColumns(2);

        Agreement.Of(Reference.UnitNormDecoder(Tensors.Normal("decoder", 5, 4)), [.. unit.EnumerateRows().SelectMany(r => r).Select(Estimate.Computed)]);
    }

    [SecondRoute("sae_pre_activation.vjp", "l1_sparsity_weighted.vjp", "unit_norm_decoder.vjp")]
    [TestCase("sae_pre_activation")]
    [TestCase("l1_sparsity_weighted")]
    [TestCase("unit_norm_decoder")]
    public void Vjp_AwayFromKinks_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    private static Matrix<double> Dense(string key, int rows, int columns)
    {
        var drawn = Tensors.Normal(key, rows, columns);
        return Matrix<double>.Build.Dense(rows, columns, (i, j) => drawn[i, j]);
    }
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class CodebookDiversityTests
{
    /// <summary>Exact distances, and 1 / Σ_j e^((d_k − d_j)/τ): no largest score, no quotient of powers.</summary>
    [SecondRoute("vq_probabilities")]
    [TestCase(0.5)]
    [TestCase(4.0)]
    public void VqProbabilities_FromExactDistances_AreInversesOfSumsOfOdds(double temperature)
    {
        var (z, codebook) = (Tensors.Normal("z", 7, 3), Tensors.Normal("codebook", 5, 3));

        var probabilities = new ReferenceKernels().VqProbabilities(z, codebook, temperature);

        Agreement.Of(probabilities, [.. Enumerable.Range(0, 7).SelectMany(i =>
        {
            double[] distances = [.. Enumerable.Range(0, 5).Select(k => Grid.Value(Grid.SquaredDistance(z.RowOf(i), codebook.RowOf(k)), 2))];
            return distances.Select(d => Estimate.Computed(1 / distances.Sum(other => Math.Exp((d - other) / temperature))));
        })]);
    }

    [SecondRoute("vq_probabilities.vjp", "orthogonality_loss.vjp")]
    [TestCase("vq_probabilities")]
    [TestCase("orthogonality_loss")]
    public void Vjp_OfWhatIsSmooth_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    /// <summary>
    /// Σ_ij (ê_i·ê_j)² = ‖Σ_i ê_i ê_iᵀ‖²: of the D × D moment matrix, with (e_i)_a (e_i)_b / ‖e_i‖² taken from whole numbers.
    /// </summary>
    [SecondRoute("orthogonality_loss")]
    [Test]
    public void OrthogonalityLoss_ByMomentMatrices_IsTheirSquaredNorm()
    {
        var codebook = Tensors.Normal("codebook", 3, 6, 4);
        int[] selected = [5, 0, 3, 0, 2];

        var loss = new ReferenceKernels().OrthogonalityLoss(codebook, Tensors.Whole([.. selected.Select(k => (long)k)]));

        var squares = Estimate.Sum(
            from head in Enumerable.Range(0, 3)
            from a in Enumerable.Range(0, 4)
            from b in Enumerable.Range(0, 4)
            let entry = Estimate.Sum(selected.Select(k => codebook.RowOf(head)[(4 * k)..((4 * k) + 4)])
                .Select(e => e[a] * e[b] / Grid.Value(Grid.SquaredDistance(e, new double[4]), 2)))
            select new Estimate(entry.Value * entry.Value, (2 * Math.Abs(entry.Value) * entry.Error) + Estimate.Computed(entry.Value * entry.Value).Error));
        Agreement.Of(loss, (squares / (3 * 25)) - Estimate.Computed(0.2));
    }

    [Test]
    public void OrthogonalityLossVjp_OfACodeOfZeros_IsZero()
    {
        var gradient = new ReferenceKernels().OrthogonalityLossVjp(new Tensor([1, 2, 2], [0.0, 0, 1, 2]), Tensors.Whole(0, 1), 1);

        Assert.That(gradient.ToDoubles()[..2], Is.All.Zero);
    }

    /// <summary>softmax of the expanded distance, its gradient by the product rule of that, in float32.</summary>
    [TestCase(0)]
    [TestCase(8)]
    public void Bound_OfProbabilitiesByTheExpandedDistanceInFloat32_Holds(double far)
    {
        const float Temperature = 2.5f;
        Tensor Moved(string key, int rows) => Tensors.Normal(key, rows, 3) is var drawn ? Tensors.Of([rows, 3], i => drawn[i] + far) : drawn;
        var (z, codebook, upstream) = (Moved("z", 20), Moved("codebook", 6), Tensors.Normal("g", 20, 6));
        var kernels = new ReferenceKernels();
        var answer = kernels.VqProbabilities(z, codebook, Temperature);
        var (dZ, dCodebook) = kernels.VqProbabilitiesVjp(z, codebook, Temperature, upstream);
        foreach (var order in SinglePrecision.Orders)
        {
            float F(Tensor t, int i, int j) => (float)t[i, j];
            float Total(int count, Func<int, float> term) => order([.. Enumerable.Range(0, count).Select(term)]);
            float[][] p = [.. Enumerable.Range(0, 20).Select(i =>
            {
                float[] scores = [.. Enumerable.Range(0, 6).Select(k => -(Total(3, j => F(z, i, j) * F(z, i, j))
                    - (2 * Total(3, j => F(z, i, j) * F(codebook, k, j))) + Total(3, j => F(codebook, k, j) * F(codebook, k, j))) / Temperature)];
                float[] powers = [.. scores.Select(s => MathF.Exp(s - scores.Max()))];
                return powers.Select(e => e / order(powers)).ToArray();
            })];
            float[][] slope = [.. p.Select((row, i) => row.Select((w, k) => w * (F(upstream, i, k) - Total(6, m => row[m] * F(upstream, i, m))) / Temperature).ToArray())];

            Assert.That(SinglePrecision.Beyond(answer, [.. p.SelectMany(row => row).Select(v => (double)v)]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(dZ!, SinglePrecision.PerElement(z, e =>
                (2 * Total(6, k => slope[e / 3][k] * F(codebook, k, e % 3))) - (2 * F(z, e / 3, e % 3) * order(slope[e / 3])))), Is.Empty);
            Assert.That(SinglePrecision.Beyond(dCodebook!, SinglePrecision.PerElement(codebook, e =>
                (2 * Total(20, i => slope[i][e / 3] * F(z, i, e % 3))) - (2 * F(codebook, e / 3, e % 3) * Total(20, i => slope[i][e / 3])))), Is.Empty);
        }
    }

    /// <summary>A start from draws at the ends and the middle of their range, and as far as it reaches.</summary>
    [SecondRoute("codebook_init_uniform")]
    [Test]
    public void CodebookInitUniform_OfAnEvenGrid_RunsInEvenStepsFromEndToEnd()
    {
        var codebook = new ReferenceKernels().CodebookInitUniform(new Tensor([4, 2], [.. Enumerable.Range(0, 8).Select(i => i / 8.0)]));

        Agreement.Exactly(codebook, [.. Enumerable.Range(0, 8).Select(i => (i - 4) / 16.0)]);
    }

    /// <summary>The squared length of a code is the mean of its draws' squares, and has the sign of the draws.</summary>
    [SecondRoute("codebook_init_normal")]
    [Test]
    public void CodebookInitNormal_ItsSquares_AreTheDrawsSquaresOverTheWidth()
    {
        var normals = Tensors.Normal("normals", 4, 7);

        var codebook = new ReferenceKernels().CodebookInitNormal(normals);

        for (var i = 0; i < 28; i++)
        {
            var own = 4 * Math.Abs(codebook[i]) * codebook.Tolerance!.Allowed(i, Precision.Of(DType.Float64), strict: false);
            Agreement.Within(codebook[i] * codebook[i] * 7, Estimate.Computed(normals[i] * normals[i]), 7 * own, $"element {i}");
            Assert.That(Math.Sign(codebook[i]), Is.EqualTo(Math.Sign(normals[i])));
        }
    }
}

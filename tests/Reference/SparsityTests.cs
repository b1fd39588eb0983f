using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class SparsityTests
{
    private const double Rho = 0.125;

    /// <summary>KL(ρ ‖ q) is the integral of its slope (t − ρ)/(t (1 − t)) from ρ to q; Simpson with its own error estimate.</summary>
    [SecondRoute("kl_sparsity")]
    [Test]
    public void KlSparsity_OfTheMeans_IsTheIntegralOfItsSlope()
    {
        var activations = Tensors.Uniform("activations", 0.0625, 0.9375, 5, 4);

        var penalty = new ReferenceKernels().KlSparsity(activations, Rho);

        Agreement.Of(penalty, Estimate.Sum(Enumerable.Range(0, 4).Select(j =>
        {
            var mean = Enumerable.Range(0, 5).Average(b => activations[b, j]);
            var (coarse, fine) = (Simpson(mean, 512), Simpson(mean, 1024));
            return new Estimate(fine, Math.Abs(fine - coarse) + (1024 * Estimate.Unit * fine));
        })));
    }

    [SecondRoute("l1_sparsity")]
    [Test]
    public void L1Sparsity_InDecimal_IsWhatPositivePartsAndNegativePartsSumTo()
    {
        var h = Tensors.Normal("h", 5, 7);

        var penalty = new ReferenceKernels().L1Sparsity(h);

        Agreement.Of(penalty, [.. Enumerable.Range(0, 5).Select(b => h.RowOf(b)).Select(row =>
            (Estimate)(double)(row.Sum(v => (decimal)Math.Max(v, 0)) - row.Sum(v => (decimal)Math.Min(v, 0))))]);
    }

    [SecondRoute("kl_sparsity.vjp", "l1_sparsity.vjp", "top_k.vjp", "denoising_loss.vjp", "contractive_penalty.vjp", "tied_linear.vjp")]
    [TestCase("kl_sparsity")]
    [TestCase("l1_sparsity")]
    [TestCase("top_k")]
    [TestCase("denoising_loss")]
    [TestCase("contractive_penalty")]
    [TestCase("tied_linear")]
    public void Vjp_AwayFromKinks_FollowsCentralDifferences(string operation)
    {
        var inputs = Tensors.For(operation);
        if (operation == "top_k")
        {
            inputs["x"] = Tensors.Normal("x", 3, 5);
        }

        CentralDifference.Agrees(operation, inputs);
    }

    /// <summary>Coordinates of −2 … 2 tie all the time: a stable sort by value, the first k places.</summary>
    [SecondRoute("top_k")]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(6)]
    public void TopK_OnACoarseGrid_IsTheFrontOfAStableSort(int k)
    {
        var x = Tensors.Of([20, 6], i => Math.Round(Tensors.Normal("x", 20, 6)[i]));

        var kept = new ReferenceKernels().TopK(x, k);

        Agreement.Exactly(kept, [.. Enumerable.Range(0, 20).SelectMany(b =>
        {
            int[] front = [.. Enumerable.Range(0, 6).OrderByDescending(j => x[b, j]).Take(k)];
            return Enumerable.Range(0, 6).Select(j => front.Contains(j) ? x[b, j] : 0);
        })]);
    }

    private static double Simpson(double end, int intervals)
    {
        var step = (end - Rho) / intervals;
        return step / 3 * Enumerable.Range(0, intervals + 1).Sum(i =>
        {
            var t = Rho + (i * step);
            var weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
            return weight * (t - Rho) / (t * (1 - t));
        });
    }
}

using LatentConformance.Reference;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ConstrainedAutoencoderTests
{
    /// <summary>‖w y‖² − 2 x·w y + ‖x‖² with matrices of decimals.</summary>
    [SecondRoute("denoising_loss")]
    [Test]
    public void DenoisingLoss_InDecimal_IsTheExpandedSquare()
    {
        var inputs = Tensors.For("denoising_loss");
        var (x, noise, w) = (inputs["x"], inputs["noise"], inputs["w"]);

        var loss = new ReferenceKernels().DenoisingLoss(x, noise, w);

        Agreement.Of(loss, [.. Enumerable.Range(0, x.Shape[0]).Select(b =>
        {
            decimal[] clean = [.. x.RowOf(b).Select(v => (decimal)v)];
            decimal[] given = [.. noise.RowOf(b).Select((n, j) => (decimal)n + clean[j])];
            decimal[] made = [.. Enumerable.Range(0, clean.Length).Select(i => given.Select((g, j) => g * (decimal)w[i, j]).Sum())];
            var expanded = made.Sum(m => m * m) - (2 * made.Zip(clean, (m, c) => m * c).Sum()) + clean.Sum(c => c * c);
            return Estimate.Computed((double)expanded);
        })]);
    }

    /// <summary>The Jacobian of the encoder entry by entry from its values, then the sum of its squares.</summary>
    [SecondRoute("contractive_penalty")]
    [Test]
    public void ContractivePenalty_OfTheEncodersJacobian_IsItsSquaredNorm()
    {
        var (x, w, b) = (Tensors.Normal("x", 4, 3), Tensors.Normal("w", 2, 3), Tensors.Normal("b", 2));

        var penalty = new ReferenceKernels().ContractivePenalty(x, w, b);

        Agreement.Of(penalty, [.. Enumerable.Range(0, 4).Select(i => Estimate.Sum(
            from j in Enumerable.Range(0, 2)
            from d in Enumerable.Range(0, 3)
            let slope = CentralDifference.Slope(t => Unit(x.RowOf(i), w.RowOf(j), b[j], d, t))
            select new Estimate(slope.Value * slope.Value, (2 * Math.Abs(slope.Value) * slope.Error) + (slope.Error * slope.Error))))]);
    }

    /// <summary>x̂ = x G with the Gram matrix G = wᵀ w, made first.</summary>
    [SecondRoute("tied_linear")]
    [Test]
    public void TiedLinear_ByTheGramMatrix_IsTheSame()
    {
        var (x, w) = (Tensors.Normal("x", 5, 3), Tensors.Normal("w", 4, 3));
        var weights = Matrix<double>.Build.Dense(4, 3, (j, d) => w[j, d]);
        var gram = weights.TransposeThisAndMultiply(weights);

        var made = new ReferenceKernels().TiedLinear(x, w);

        Agreement.Of(made, [.. Enumerable.Range(0, 5).SelectMany(b => Enumerable.Range(0, 3).Select(d =>
            Estimate.Sum(Enumerable.Range(0, 3).Select(e => x[b, e] * gram[e, d]))))]);
    }

    /// <summary>½ (1 + tanh(a/2)) is the sigmoid.</summary>
    private static Estimate Unit(double[] x, double[] w, double b, int moved, double by)
    {
        var argument = b + x.Zip(w, (p, q) => p * q).Sum() + (by * w[moved]);
        return Estimate.Computed((1 + Math.Tanh(argument / 2)) / 2);
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ (x − x̂)² / Σ (x − mean)², each sum over all samples and dimensions, mean a dimension's own. ∂/∂x̂ = 2 (x̂ − x) / Σ (x − mean)².
public sealed partial class ReferenceKernels
{
    public Tensor Fvu(Tensor x, Tensor xHat) =>
        Answers.Scalar(Answers.Sum(x.Count, i => SquaredErrorOf(x[i], xHat[i])) / TotalSquares(x, xHat));

    public Tensor FvuVjp(Tensor x, Tensor xHat, double dFvu)
    {
        var total = TotalSquares(x, xHat);
        return Answers.Like(x, i => dFvu * (SquaredErrorSlope(x[i], xHat[i]) / total));
    }

    private static Real TotalSquares(Tensor x, Tensor xHat)
    {
        Refuse.UnlessSameShape(x, xHat);
        Refuse.UnlessPositive("the number of samples", x.Shape[0]);
        var total = Answers.Sum(x.Shape[1], j => x.Shape[0] * Variance(x, j));
        Refuse.UnlessPositive("the total sum of squares", total.Value);
        return total;
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_bd (x − x̂)² over B D, or over B: one number for the batch. ∂/∂x̂ = 2 (x̂ − x) over the same.
public sealed partial class ReferenceKernels
{
    public Tensor SquaredErrorOverallMean(Tensor x, Tensor xHat) => ErrorOver(x.Count, x, xHat);

    public Tensor SquaredErrorOverallMeanVjp(Tensor x, Tensor xHat, double dLoss) => ErrorOverVjp(x.Count, x, xHat, dLoss);

    public Tensor SquaredErrorBatchMean(Tensor x, Tensor xHat) => ErrorOver(x.Shape[0], x, xHat);

    public Tensor SquaredErrorBatchMeanVjp(Tensor x, Tensor xHat, double dLoss) => ErrorOverVjp(x.Shape[0], x, xHat, dLoss);

    private static Tensor ErrorOver(int divisor, Tensor x, Tensor xHat)
    {
        RefuseUnlessSomething(divisor, x, xHat);
        return Answers.Scalar(SumOverSample(x, xHat, 0, x.Count, SquaredErrorOf) / divisor);
    }

    private static Tensor ErrorOverVjp(int divisor, Tensor x, Tensor xHat, double dLoss)
    {
        RefuseUnlessSomething(divisor, x, xHat);
        return Answers.Like(x, i => dLoss * SquaredErrorSlope(x[i], xHat[i]) / divisor);
    }

    private static void RefuseUnlessSomething(int divisor, Tensor x, Tensor xHat)
    {
        Refuse.UnlessSameShape(x, xHat);
        Refuse.UnlessPositive("the number of values to average", divisor);
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// ‖x − x̂‖² over a sample, or that divided by its size; ∂/∂x̂ = 2 (x̂ − x).
public sealed partial class ReferenceKernels
{
    public Tensor SquaredErrorSum(Tensor x, Tensor xHat) => PerSample(x, xHat, SquaredErrorOf);

    public Tensor SquaredErrorSumVjp(Tensor x, Tensor xHat, Tensor dLoss) => PerSampleVjp(x, xHat, dLoss, SquaredErrorSlope);

    public Tensor SquaredErrorMean(Tensor x, Tensor xHat)
    {
        Refuse.UnlessSameShape(x, xHat);
        var (samples, elements) = SamplesOf(x);
        var sums = Answers.Each(samples, b => SumOverSample(x, xHat, b, elements, SquaredErrorOf));

        // The name already divides by the sample's size, so under "mean" only the batch is left.
        var convention = conventions.Reduce == "mean" ? conventions with { Reduce = "batch_mean" } : conventions;
        return convention.Reduce([.. sums.Select(s => s / elements)], elements);
    }

    public Tensor SquaredErrorMeanVjp(Tensor x, Tensor xHat, Tensor dLoss)
    {
        Refuse.UnlessSameShape(x, xHat);
        var (samples, elements) = SamplesOf(x);
        var convention = conventions.Reduce == "mean" ? conventions with { Reduce = "batch_mean" } : conventions;
        return Answers.Like(x, i =>
            convention.Spread(dLoss, i / elements, samples, elements) * SquaredErrorSlope(x[i], xHat[i]) / elements);
    }

    private static Real SquaredErrorOf(double x, double xHat)
    {
        var difference = (Real)x - xHat;
        return difference * difference;
    }

    private static Real SquaredErrorSlope(double x, double xHat) => 2 * ((Real)xHat - x);

    /// <summary>A loss that is a sum over a sample of a function of x and x̂.</summary>
    private Tensor PerSample(Tensor x, Tensor xHat, Func<double, double, Real> term, Func<double, double, Real>? careful = null)
    {
        Refuse.UnlessSameShape(x, xHat);
        var (samples, elements) = SamplesOf(x);
        Real[] Sums(Func<double, double, Real> of) => Answers.Each(samples, b => SumOverSample(x, xHat, b, elements, of));
        return conventions.Reduce(Sums(term), elements, careful is null ? null : Sums(careful));
    }

    private Tensor PerSampleVjp(Tensor x, Tensor xHat, Tensor dLoss, Func<double, double, Real> slope)
    {
        Refuse.UnlessSameShape(x, xHat);
        var (samples, elements) = SamplesOf(x);
        return Answers.Like(x, i => conventions.Spread(dLoss, i / elements, samples, elements) * slope(x[i], xHat[i]));
    }

    private static Real SumOverSample(Tensor x, Tensor xHat, int sample, int elements, Func<double, double, Real> term) =>
        Answers.Sum(elements, j => term(x[(sample * elements) + j], xHat[(sample * elements) + j]));
}

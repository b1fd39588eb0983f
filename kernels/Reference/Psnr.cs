using LatentConformance.Contract;

namespace LatentConformance.Reference;

// 10 log10(R²/mse), mse the mean over a sample, +∞ where it is 0. ∂/∂x̂ = (20 / ln 10) (x − x̂) / Σ (x − x̂)²: NaN at a
// perfect reconstruction, where code that guards the division says 0.
public sealed partial class ReferenceKernels : IMetrics
{
    /// <summary>Exactly infinite; nothing on the way is large, so that it suits every dtype.</summary>
    private static readonly Real Infinite = new(double.PositiveInfinity, default, 0);

    public Tensor Psnr(Tensor x, Tensor xHat, double dataRange)
    {
        RefuseUnlessPictures(x, xHat, dataRange);
        return Answers.Floats([x.Shape[0]], Answers.Each(x.Shape[0], b => Decibels(SquaredErrorOfRow(x, xHat, b) / x.Shape[1], dataRange)));
    }

    public Tensor PsnrVjp(Tensor x, Tensor xHat, double dataRange, Tensor dPsnr)
    {
        RefuseUnlessPictures(x, xHat, dataRange);
        var errors = Answers.Each(x.Shape[0], b => SquaredErrorOfRow(x, xHat, b));
        var gradient = Answers.Matrix(x.Shape[0], x.Shape[1], (b, j) => errors[b].Value == 0
            ? double.NaN
            : dPsnr[b] * (20 / Real.Log(10) * ((Real)x[b, j] - xHat[b, j]) / errors[b]));
        var guarded = Enumerable.Range(0, x.Count).Where(i => errors[i / x.Shape[1]].Value == 0).Select(i => new Alternative(i, 0, 0, default));
        return new Tensor(gradient.Shape.ToArray(), gradient.ToDoubles()) { Tolerance = gradient.Tolerance! with { Alternatives = [.. guarded] } };
    }

    /// <summary>Also 20 log10 R − 10 log10 mse: both logarithms weigh fully.</summary>
    private static Real Decibels(Real mse, double dataRange) => mse.Value == 0
        ? Infinite
        : Real.Terms(20 * Real.Log(dataRange), -(10 * Real.Log(mse))) / Real.Log(10);

    private static Real SquaredErrorOfRow(Tensor x, Tensor xHat, int sample) =>
        SumOverSample(x, xHat, sample, x.Shape[1], SquaredErrorOf);

    private static void RefuseUnlessPictures(Tensor x, Tensor xHat, double dataRange)
    {
        Refuse.UnlessSameShape(x, xHat);
        Refuse.UnlessPositive("data_range", dataRange);
        Refuse.UnlessPositive("the number of dimensions", x.Shape[1]);
    }
}

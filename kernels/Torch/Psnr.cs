namespace LatentConformance.Torch;

// 10 log10(R²/mse) as 20 log10 R − 10 log10 mse: no quotient overflows, and a perfect sample has infinitely many decibels.
public static class Psnr
{
    [Kernel("psnr")]
    public static Tensor Forward(Tensor x, Tensor xHat, double dataRange)
    {
        Refuse.UnlessPositive("data_range", dataRange);
        Refuse.UnlessPositive("the number of dimensions", x.size(1));
        return (20 * Math.Log10(dataRange)) - (10 * log10(SquaredErrorMean.Forward(x, xHat)));
    }
}

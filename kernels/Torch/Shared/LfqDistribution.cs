namespace LatentConformance.Torch;

/// <summary>
/// p_n = softmax over all 2^D codes c of 2 · inverse_temperature · z_n·c, kept as logarithms: where p underflows p ln p is 0, and its
/// slope too.
/// </summary>
internal static class LfqDistribution
{
    /// <summary>So many codes are listed, for each sample.</summary>
    private const int MostEnumerated = 20;

    public static Tensor Logarithms(Tensor z, double scale, double inverseTemperature)
    {
        var dimensions = z.shape[1];
        var every = arange(1L << (int)dimensions, dtype: int64, device: z.device);
        var codes = LfqIndicesToCodes.Forward(every, dimensions, tensor(scale, dtype: z.dtype, device: z.device));
        return F.log_softmax(matmul(z, codes.t()) * (2 * inverseTemperature), -1);
    }

    public static Tensor Entropy(Tensor logarithms) => -(exp(logarithms) * logarithms).sum(-1);

    public static void RefuseUnlessEntropy(Tensor z, double scale, double inverseTemperature, double gamma)
    {
        Refuse.UnlessPositive("scale", scale);
        Refuse.UnlessPositive("inverse_temperature", inverseTemperature);
        Refuse.UnlessFiniteAndNotNegative("gamma", gamma);
        Bits.RefuseUnlessFit("dimensions", z.shape[1]);
        if (z.shape[0] == 0 || z.shape[1] > MostEnumerated)
        {
            throw new RefusalException(z.shape[0] == 0
                ? "the mean of no samples is not a distribution"
                : $"2^{z.shape[1]} codes are too many to enumerate; at most 2^{MostEnumerated}");
        }
    }
}

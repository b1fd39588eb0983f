using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>The reduce convention: from one value a sample to what the implementation says it returns.</summary>
internal static class Reduction
{
    /// <param name="elements">Elements that each sample sums over; "mean" divides by them too.</param>
    public static Tensor Reduce(this Conventions conventions, Real[] perSample, int elements, Real[]? careful = null)
    {
        if (conventions.Reduce == "none")
        {
            return Answers.Floats([perSample.Length], perSample, careful);
        }

        var divisor = Divisor(conventions, perSample.Length, elements);
        Real Reduced(Real[] values) => divisor == 1 ? Real.Sum(values) : Real.Sum(values) / divisor;
        return Answers.Floats([], [Reduced(perSample)], careful is null ? null : [Reduced(careful)]);
    }

    /// <summary>The cotangent that sample <paramref name="sample"/> receives through the same reduction.</summary>
    public static Real Spread(this Conventions conventions, Tensor cotangent, int sample, int samples, int elements) =>
        conventions.Reduce switch
        {
            "none" => cotangent[sample],
            "sum" => cotangent[0],
            _ => (Real)cotangent[0] / Divisor(conventions, samples, elements),
        };

    private static double Divisor(Conventions conventions, int samples, int elements) => conventions.Reduce switch
    {
        "batch_mean" => NotEmpty(samples),
        "mean" => NotEmpty((double)samples * elements),
        _ => 1,
    };

    private static double NotEmpty(double count) =>
        count > 0 ? count : throw new RefusalException("the mean of an empty batch is not a number");
}

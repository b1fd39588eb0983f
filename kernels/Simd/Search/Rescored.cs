using System.Numerics;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Search;

/// <summary>By how much a product ½‖e‖² − z·e may be off: factor · (‖z‖ · longest + longest²), all less the centre.</summary>
internal readonly record struct Slack(double Factor, double Longest);

/// <summary>
/// From the smallest of each lane to the nearest code. Lanes within twice the roundoff of the smallest could each be it: those few are
/// measured again in double, z − e as it stands, so that neither ties nor an offset decide by roundoff.
/// </summary>
internal static unsafe class Rescored
{
    private const double Roundoff = 1.0 / (1 << 24);

    /// <summary>
    /// width fused terms, each rounded once, and the roundings of the inputs less the centre: (width + 4) u · Σ |z||e|, by
    /// Cauchy and Schwarz at most ‖z‖ · ‖e‖.
    /// </summary>
    public static Slack Slack(nint width, float largestHalfNorm) => new((width + 4) * Roundoff, Math.Sqrt(2.0 * largestHalfNorm));

    public static nint Winner<V>(Vectors vectors, nint vector, Codebook codebook, float* best, int* at, Slack slack)
        where V : struct, ILanes<V>
    {
        var smallest = V.Least(V.Load(best));

        // Nothing was smaller than infinity, or something was by overflow: a vector that is not finite, or hardly.
        if (!float.IsFinite(smallest))
        {
            return ByCodes.Exactly(vectors, vector, codebook.Codes, codebook.Count);
        }

        var z = vectors.At(vector);
        var limit = (float)(smallest + (2 * slack.Factor * slack.Longest * (Norm<V>(z, vectors.Stride, codebook) + slack.Longest)));
        var near = V.Mask(V.LessOrEqual(V.Load(best), V.Of(limit)));
        nint winner = at[BitOperations.TrailingZeroCount(near)];
        if (BitOperations.PopCount(near) == 1)
        {
            return winner;
        }

        var distance = double.PositiveInfinity;
        for (; near != 0; near &= near - 1)
        {
            var code = at[BitOperations.TrailingZeroCount(near)];
            var other = ByCodes.Distance(z, vectors.Stride, codebook.Code(code), codebook.Width);
            if (other < distance || (other == distance && code < winner))
            {
                (winner, distance) = (code, other);
            }
        }

        return winner;
    }

    /// <summary>An upper bound of ‖z‖ less the centre: its own roundings are far below the hundredth that is added.</summary>
    private static double Norm<V>(float* z, nint stride, Codebook codebook)
        where V : struct, ILanes<V>
    {
        if (stride == 1)
        {
            return 1.01 * Math.Sqrt(Squared.Distance<V>(z, codebook.Centre, codebook.Width));
        }

        double sum = 0;
        for (nint j = 0; j < codebook.Width; j++)
        {
            double x = z[j * stride] - codebook.Centre[j];
            sum += x * x;
        }

        return 1.01 * Math.Sqrt(sum);
    }
}

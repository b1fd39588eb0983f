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
        var smallest = float.PositiveInfinity;
        for (var lane = 0; lane < V.Count; lane++)
        {
            smallest = Math.Min(smallest, best[lane]);
        }

        // Nothing was smaller than infinity, or something was by overflow: a vector that is not finite, or hardly.
        if (!float.IsFinite(smallest))
        {
            return ByCodes.Exactly(vectors, vector, codebook.Codes, codebook.Count);
        }

        var z = vectors.At(vector);
        var limit = smallest + (2 * slack.Factor * slack.Longest * (Norm(z, vectors.Stride, codebook) + slack.Longest));
        var (winner, distance) = ((nint)(-1), 0.0);
        var several = false;
        for (var lane = 0; lane < V.Count; lane++)
        {
            if (best[lane] > limit)
            {
                continue;
            }

            if (winner < 0)
            {
                winner = at[lane];
                continue;
            }

            distance = several ? distance : ByCodes.Distance(z, vectors.Stride, codebook.Code(winner), codebook.Width);
            several = true;
            var other = ByCodes.Distance(z, vectors.Stride, codebook.Code(at[lane]), codebook.Width);
            if (other < distance || (other == distance && at[lane] < winner))
            {
                (winner, distance) = (at[lane], other);
            }
        }

        return winner;
    }

    private static double Norm(float* z, nint stride, Codebook codebook)
    {
        double a = 0, b = 0;
        nint j = 0;
        for (; j < codebook.Width - 1; j += 2)
        {
            double x = z[j * stride] - codebook.Centre[j], y = z[(j + 1) * stride] - codebook.Centre[j + 1];
            a += x * x;
            b += y * y;
        }

        double last = j < codebook.Width ? z[j * stride] - codebook.Centre[j] : 0;
        return Math.Sqrt(a + b + (last * last));
    }
}

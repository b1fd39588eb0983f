using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Search;

/// <summary>By how much two products ½‖e‖² − z·e may be off from each other: factor · (‖z‖ · longest + longest²), all less the centre.</summary>
internal readonly record struct Slack(double Factor, double Longest)
{
    /// <summary>For vectors whose squares sum to <paramref name="squares"/>: their own roundings are far below the hundredth that is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<V>(V squares)
        where V : struct, ILanes<V>
    {
        var (slope, constant) = ((float)(1.02 * Factor * Longest), (float)(1.01 * Factor * Longest * Longest));
        return V.MulAdd(V.Of(slope), V.Sqrt(squares), V.Of(constant));
    }
}

/// <summary>
/// Codes within the roundoff of the smallest could each be the nearest: those few are measured again in double, z − e as it stands, so
/// that neither ties nor an offset decide by roundoff.
/// </summary>
internal static unsafe class Rescored
{
    private const double Roundoff = 1.0 / (1 << 24);

    /// <summary>
    /// width fused terms, each rounded once, and the roundings of the inputs less the centre: (width + 4) u · Σ |z||e|, by
    /// Cauchy and Schwarz at most ‖z‖ · ‖e‖; twice, since either of two may be off.
    /// </summary>
    public static Slack Slack(nint width, float largestHalfNorm) => new(2 * (width + 4) * Roundoff, Math.Sqrt(2.0 * largestHalfNorm));

    /// <param name="scores">Of the vector, <paramref name="apart"/> from one to the next.</param>
    public static nint Winner(Vectors vectors, nint vector, Codebook codebook, float* scores, int* codes, int count, int apart, float limit)
    {
        var z = vectors.At(vector);
        var (winner, distance) = ((nint)(-1), double.PositiveInfinity);
        for (var i = 0; i < count; i++)
        {
            if (scores[i * apart] > limit)
            {
                continue;
            }

            var code = codes[i * apart];
            var other = ByCodes.Distance(z, vectors.Stride, codebook.Code(code), codebook.Width);
            if (winner < 0 || other < distance || (other == distance && code < winner))
            {
                (winner, distance) = (code, other);
            }
        }

        return winner;
    }
}

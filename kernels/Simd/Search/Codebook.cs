using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Search;

/// <summary>
/// A codebook as the search multiplies it: where it lies, or moved. Distances do not change when everything is moved, and what they lose to
/// cancellation is in proportion to the norms: codes around 3,000 are moved to where they are. Fewer than are multiplied at a
/// time are filled up with codes that never win.
/// </summary>
/// <param name="rows">The codes themselves, or where their copy less the centre is to lie.</param>
internal readonly unsafe struct Codebook(float* codes, nint count, nint width, float* centre, float* rows, float* halfNorms) : IChunked
{
    /// <summary>The centre need not be exact, only near: a sample of the codes tells.</summary>
    private const nint Sample = 64;

    private const nint RowsAtOnce = 256;

    public nint Count => count;

    /// <summary>With those that never win.</summary>
    public nint Padded => Rows(count);

    public nint Width => width;

    public float* Codes => codes;

    /// <summary>Zero where nothing is moved.</summary>
    public float* Centre => centre;

    public float* HalfNorms => halfNorms;

    public static nint Rows(nint count) => Math.Max(count, Strip.Height);

    public float* Row(nint code) => rows + (code * width);

    public float* Code(nint code) => codes + (code * width);

    /// <summary>
    /// Whether the mean of a sample is short beside its codes: then the centre is zero. Row by row: down the columns, a power of two apart,
    /// every number would be fetched from memory for itself.
    /// </summary>
    public static bool IsCentred(float* codes, nint count, nint width, float* centre)
    {
        var step = Math.Max(1, count / Sample);
        using var sums = Scratch.OfDoubles(width);
        new Span<double>(sums.Doubles, (int)width).Clear();
        nint n = 0;
        double ofCodes = 0, ofMean = 0;
        for (nint k = 0; k < count; k += step, n++)
        {
            for (nint j = 0; j < width; j++)
            {
                double e = codes[(k * width) + j];
                sums.Doubles[j] += e;
                ofCodes += e * e;
            }
        }

        for (nint j = 0; j < width; j++)
        {
            var mean = sums.Doubles[j] / n;
            ofMean += mean * mean;
            centre[j] = (float)mean;
        }

        if (ofMean > 0.25 * ofCodes / n)
        {
            return false;
        }

        new Span<float>(centre, (int)width).Clear();
        return true;
    }

    /// <summary>False where a code is infinite or not a number, or so large that its square is: then nothing here can be trusted.</summary>
    public bool Take()
    {
        var taking = this;
        Workers.Run(ref taking, (int)((count + RowsAtOnce - 1) / RowsAtOnce));
        for (var k = count; k < Padded; k++)
        {
            new Span<float>(Row(k), (int)width).Clear();
            halfNorms[k] = float.PositiveInfinity;
        }

        for (nint k = 0; k < count; k++)
        {
            if (!float.IsFinite(halfNorms[k]))
            {
                return false;
            }
        }

        return true;
    }

    public float LargestHalfNorm()
    {
        float largest = 0;
        for (nint k = 0; k < count; k++)
        {
            largest = halfNorms[k] > largest ? halfNorms[k] : largest;
        }

        return largest;
    }

    public void Do<V>(int chunk)
        where V : struct, ILanes<V>
    {
        for (var k = chunk * RowsAtOnce; k < Math.Min((chunk + 1) * RowsAtOnce, count); k++)
        {
            halfNorms[k] = 0.5f * Squared.Distance<V>(Code(k), centre, width);
            if (rows != codes)
            {
                Move<V>(Code(k), Row(k));
            }
        }
    }

    private void Move<V>(float* from, float* to)
        where V : struct, ILanes<V>
    {
        nint j = 0;
        for (; j <= width - V.Count; j += V.Count)
        {
            (V.Load(from + j) - V.Load(centre + j)).Store(to + j);
        }

        for (; j < width; j++)
        {
            to[j] = from[j] - centre[j];
        }
    }
}

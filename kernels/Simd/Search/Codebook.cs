using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Search;

/// <summary>
/// A codebook packed for the search: panels of two registers of codes, dimension by dimension, each less the centre, with half
/// their squared norms. Distances do not change when everything is moved, and what they lose to cancellation is in proportion to the
/// norms: so everything is moved to where the codes are. A panel that is not full is filled with codes that never win.
/// </summary>
internal readonly unsafe struct Codebook(float* codes, nint count, nint width, float* centre, float* panels, float* halfNorms) : IChunked
{
    /// <summary>The centre need not be exact, only near: a sample of the codes tells.</summary>
    private const nint Sample = 64;

    public nint Count => count;

    public nint Width => width;

    public float* Codes => codes;

    public float* Centre => centre;

    public static nint PanelsOf(nint count) => (count + (2 * Workers.Lanes) - 1) / (2 * Workers.Lanes);

    public float* Panel(nint panel) => panels + (panel * 2 * Workers.Lanes * width);

    public float* HalfNorms(nint panel) => halfNorms + (panel * 2 * Workers.Lanes);

    public float* Code(nint code) => codes + (code * width);

    /// <summary>False where a code is infinite or not a number, or so large that its square is: then nothing here can be trusted.</summary>
    public bool Pack()
    {
        TakeCentre();
        var packing = this;
        Workers.Run(ref packing, (int)PanelsOf(count));
        return IsFinite();
    }

    /// <summary>Whether every code can be squared, by the half norms that were taken.</summary>
    public bool IsFinite()
    {
        for (nint k = 0; k < count; k++)
        {
            if (!float.IsFinite(halfNorms[k]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Row by row: down the columns, a power of two apart, every number would be fetched from memory for itself.</summary>
    private void TakeCentre()
    {
        var step = Math.Max(1, count / Sample);
        using var sums = Scratch.OfDoubles(width);
        new Span<double>(sums.Doubles, (int)width).Clear();
        nint n = 0;
        for (nint k = 0; k < count; k += step, n++)
        {
            for (nint j = 0; j < width; j++)
            {
                sums.Doubles[j] += codes[(k * width) + j];
            }
        }

        for (nint j = 0; j < width; j++)
        {
            centre[j] = (float)(sums.Doubles[j] / n);
        }
    }

    public float LargestHalfNorm()
    {
        float largest = 0;
        for (nint k = 0; k < count; k++)
        {
            largest = Math.Max(largest, halfNorms[k]);
        }

        return largest;
    }

    public void Do<V>(int chunk)
        where V : struct, ILanes<V>
    {
        var (wide, first) = (2 * V.Count, chunk * 2 * V.Count);
        var panel = Panel(chunk);
        var full = (int)Math.Min(wide, count - first);
        if (full < wide)
        {
            new Span<float>(panel, (int)(wide * width)).Clear();
        }

        Transposed.Take(codes + (first * width), width, full, width, centre, panel, wide);

        V left = V.Of(0), right = left;
        for (nint j = 0; j < width; j++)
        {
            var (a, b) = (V.Load(panel + (j * wide)), V.Load(panel + (j * wide) + V.Count));
            left = V.MulAdd(a, a, left);
            right = V.MulAdd(b, b, right);
        }

        (V.Of(0.5f) * left).Store(HalfNorms(chunk));
        (V.Of(0.5f) * right).Store(HalfNorms(chunk) + V.Count);
        for (var c = full; c < wide; c++)
        {
            HalfNorms(chunk)[c] = float.PositiveInfinity;
        }
    }
}

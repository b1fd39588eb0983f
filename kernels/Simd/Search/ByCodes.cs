using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Search;

/// <summary>
/// The search for a few vectors: the codebook is read once a vector where it lies, since packing it would cost more than it saves.
/// Each distance is Σ (z − e)², which errs in proportion to itself; those near the smallest are measured again in double.
/// </summary>
internal static unsafe class ByCodes
{
    /// <summary>From so many vectors on, packing pays.</summary>
    public const int Most = 12;

    private const nint Group = 256;

    public static void Search<TFound>(Vectors vectors, float* codes, nint count, TFound found)
        where TFound : struct, IFound
    {
        for (nint v = 0; v < vectors.Count; v++)
        {
            var code = (int)Nearest(vectors, v, codes, count);
            found.Found<Lane>(v, v + 1, &code);
        }
    }

    /// <summary>All distances in double. One that is not a number is the smallest, as argmin elsewhere has it: a broken code shows.</summary>
    public static nint Exactly(Vectors vectors, nint vector, float* codes, nint count)
    {
        var z = vectors.At(vector);
        var (winner, least) = ((nint)0, double.PositiveInfinity);
        for (nint k = 0; k < count; k++)
        {
            var distance = Distance(z, vectors.Stride, codes + (k * vectors.Width), vectors.Width);
            if (double.IsNaN(distance))
            {
                return k;
            }

            (winner, least) = distance < least ? (k, distance) : (winner, least);
        }

        return winner;
    }

    public static double Distance(float* z, nint stride, float* code, nint width)
    {
        double a = 0, b = 0;
        nint j = 0;
        for (; j < width - 1; j += 2)
        {
            double x = (double)z[j * stride] - code[j], y = (double)z[(j + 1) * stride] - code[j + 1];
            a += x * x;
            b += y * y;
        }

        var last = j < width ? (double)z[j * stride] - code[j] : 0;
        return a + b + (last * last);
    }

    private static nint Nearest(Vectors vectors, nint vector, float* codes, nint count)
    {
        var groups = (count + Group - 1) / Group;
        using var row = Scratch.OfFloats(vectors.Width);
        using var distances = Scratch.OfFloats(count);
        using var least = Scratch.OfFloats(groups);
        var z = vectors.At(vector);
        for (nint j = 0; j < vectors.Width; j++)
        {
            row.Floats[j] = z[j * vectors.Stride];
        }

        var measure = new Measure(row.Floats, codes, count, vectors.Width, distances.Floats, least.Floats);
        Workers.Run(ref measure, (int)groups);
        var smallest = float.PositiveInfinity;
        for (nint g = 0; g < groups; g++)
        {
            smallest = least.Floats[g] < smallest ? least.Floats[g] : smallest;
            if (!float.IsFinite(least.Floats[g]))
            {
                return Exactly(vectors, vector, codes, count);
            }
        }

        // A sum of width squares: three roundings each and as many as there are sums; what underflows is less than the last term.
        var limit = smallest + (4.0 * (vectors.Width + 4) / (1 << 24) * smallest) + (vectors.Width * 1e-37);
        var (winner, nearest) = ((nint)0, double.PositiveInfinity);
        for (nint g = 0; g < groups; g++)
        {
            for (var k = g * Group; least.Floats[g] <= limit && k < Math.Min((g + 1) * Group, count); k++)
            {
                if (distances.Floats[k] <= limit && Distance(z, vectors.Stride, codes + (k * vectors.Width), vectors.Width) is var distance && distance < nearest)
                {
                    (winner, nearest) = (k, distance);
                }
            }
        }

        return winner;
    }

    private readonly struct Measure(float* row, float* codes, nint count, nint width, float* distances, float* least) : IChunked
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var smallest = float.PositiveInfinity;
            for (var k = chunk * Group; k < Math.Min((chunk + 1) * Group, count); k++)
            {
                var distance = Squared.Distance<V>(row, codes + (k * width), width);
                distances[k] = distance;
                smallest = distance < smallest || float.IsNaN(distance) ? distance : smallest;
            }

            least[chunk] = smallest;
        }
    }
}

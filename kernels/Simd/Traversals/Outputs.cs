using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>Where a kernel's results go, by the place of the element that they belong to; as many as it has.</summary>
internal readonly unsafe struct Outputs(float* a, float* b = null, float* c = null, float* d = null)
{
    public float* A => a;

    public float* B => b;

    public float* C => c;

    public float* D => d;

    /// <summary>Floats from the beginning of a cache line to the first output's element.</summary>
    public nint IntoALine(nint at) => ((nint)(a + at) & 63) / sizeof(float);

    /// <summary>Elements from <paramref name="at"/> on, from buffers to where the outputs have them, past the caches.</summary>
    public void Flush<V>(float* first, float* second, nint at, nint count)
        where V : struct, ILanes<V>
    {
        Flush<V>(first, at, count);
        if (b is not null)
        {
            Flush<V>(second, b + at, count);
        }
    }

    /// <summary>The same of the first output alone.</summary>
    public void Flush<V>(float* buffer, nint at, nint count)
        where V : struct, ILanes<V> => Flush<V>(buffer, a + at, count);

    private static void Flush<V>(float* buffer, float* to, nint count)
        where V : struct, ILanes<V>
    {
        nint i = 0;
        for (; i < count && ((nint)(to + i) & ((V.Count * sizeof(float)) - 1)) != 0; i++)
        {
            to[i] = buffer[i];
        }

        for (; i <= count - V.Count; i += V.Count)
        {
            V.Load(buffer + i).Stream(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = buffer[i];
        }
    }
}

using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>Where a kernel's results go, by the place of the element that they belong to; as many as it has.</summary>
internal readonly unsafe struct Outputs(float* a, float* b = null, float* c = null, float* d = null)
{
    public float* A => a;

    public float* B => b;

    public float* C => c;

    public float* D => d;

    /// <summary>Elements from <paramref name="at"/> on, from a buffer to where a first output has them, past the caches.</summary>
    public void Flush<V>(float* buffer, nint at, nint count)
        where V : struct, ILanes<V>
    {
        var to = a + at;
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

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LatentConformance.Compare;

/// <summary>
/// What memory gives at most: ours beside PyTorch's and NumPy's, so that the limit is not set by whoever asks slowly. The copy
/// writes past the caches, which spares reading what is overwritten. Of the bytes asked for the last part of a MiB is left out.
/// </summary>
internal sealed unsafe class Bandwidth : IDisposable
{
    /// <summary>Parts small enough that a thread which was held up leaves the rest to the other.</summary>
    private const int Part = 1 << 18;

    private readonly int parts;
    private readonly ParallelOptions threads;
    private readonly float* source;
    private readonly float* target;
    private readonly float[] sums;

    public Bandwidth(long bytes, bool copies, int threads)
    {
        this.threads = new ParallelOptions { MaxDegreeOfParallelism = threads };
        parts = (int)(bytes / sizeof(float) / (copies ? 2 : 1) / Part);
        source = Filled();
        target = copies ? Filled() : null;
        sums = new float[parts];
    }

    /// <summary>A sum, eight running ones so that no addition waits for the last.</summary>
    public void Read() => Parallel.For(0, parts, threads, part =>
    {
        var from = source + ((nint)part * Part);
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (var i = 0; i < Part; i += 128)
        {
            a += Vector512.LoadAligned(from + i);
            b += Vector512.LoadAligned(from + i + 16);
            c += Vector512.LoadAligned(from + i + 32);
            d += Vector512.LoadAligned(from + i + 48);
            e += Vector512.LoadAligned(from + i + 64);
            f += Vector512.LoadAligned(from + i + 80);
            g += Vector512.LoadAligned(from + i + 96);
            h += Vector512.LoadAligned(from + i + 112);
        }

        sums[part] = Vector512.Sum(a + b + c + d + e + f + g + h);
    });

    public void Copy() => Parallel.For(0, parts, threads, part =>
    {
        var first = (nint)part * Part;
        for (var i = first; i < first + Part; i += 16)
        {
            Vector512.StoreAlignedNonTemporal(Vector512.LoadAligned(source + i), target + i);
        }
    });

    public void Dispose()
    {
        NativeMemory.AlignedFree(source);
        NativeMemory.AlignedFree(target);
    }

    private float* Filled()
    {
        var floats = (nint)parts * Part;
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)floats * sizeof(float), 4096);
        for (nint i = 0; i < floats; i++)
        {
            memory[i] = 1;
        }

        return memory;
    }
}

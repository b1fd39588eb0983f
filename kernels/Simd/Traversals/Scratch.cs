using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace LatentConformance.Simd.Traversals;

/// <summary>
/// Memory that a kernel needs for the length of a call. Each thread keeps what it once took, the last taken given back
/// first, so that a steady state allocates nothing. What it holds at first is whatever the last call left there.
/// </summary>
internal readonly unsafe ref struct Scratch
{
    private const nuint CacheLine = 64;

    [ThreadStatic]
    private static Blocks? blocks;

    private Scratch(void* at) => Floats = (float*)at;

    public float* Floats { get; }

    public int* Ints => (int*)Floats;

    public double* Doubles => (double*)Floats;

    public static Scratch OfFloats(nint count) => new((blocks ??= new Blocks()).Take((nuint)count * sizeof(float)));

    public static Scratch OfDoubles(nint count) => OfFloats(2 * count);

    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "using asks for an instance.")]
    public void Dispose() => blocks!.GiveBack();

    private sealed class Blocks
    {
        private readonly List<(nint At, nuint Size)> all = [];
        private int taken;

        /// <summary>A thread that ends leaves nothing behind.</summary>
        ~Blocks()
        {
            foreach (var block in all)
            {
                NativeMemory.AlignedFree((void*)block.At);
            }
        }

        public void* Take(nuint size)
        {
            if (taken == all.Count)
            {
                all.Add(default);
            }

            if (all[taken].Size < size || all[taken].At == 0)
            {
                NativeMemory.AlignedFree((void*)all[taken].At);
                all[taken] = ((nint)NativeMemory.AlignedAlloc(Math.Max(size, CacheLine), CacheLine), size);
            }

            return (void*)all[taken++].At;
        }

        public void GiveBack() => taken--;
    }
}

using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// bit_i = [z_i > 0], code_i = ±scale, index = Σ bit_i 2^i. The matrix is one long row of numbers and its signs one long row of bits,
// sixteen to a comparison whatever D is; an index is D bits out of it. The gradient is the identity.
public static unsafe class LfqQuantize
{
    /// <summary>Rows whose bits fill whole words, however many a row has.</summary>
    private const int RowsOfBlock = 64;

    /// <summary>An index has 63 bits beside its sign, and a block's words lie on the stack.</summary>
    internal const int MostBits = 62;

    private const int Together = 1 << 15;

    /// <summary>16 MiB of codes, as <see cref="Maps"/> has it.</summary>
    private const nint WorthStreaming = 1 << 22;

    [Kernel("lfq_quantize")]
    public static void Forward(ReadOnlySpan<float> z, double scale, Span<float> codes, Span<long> indices)
    {
        var dimensions = Rows.Width(z.Length, indices.Length);
        Spans.Hold([indices.Length, dimensions], [z.Length, codes.Length]);
        Spans.Within(dimensions, Math.Min(1, indices.Length), MostBits);
        fixed (float* from = z, to = codes)
        {
            fixed (long* result = indices)
            {
                var blocks = indices.Length * (nint)dimensions < 2 * Together
                    ? Math.Max(1, indices.Length / RowsOfBlock + 1)
                    : Math.Max(1, Together / (RowsOfBlock * dimensions));
                var walk = new Walk(from, (float)scale, to, result, indices.Length, dimensions, blocks * RowsOfBlock);
                Workers.Run(ref walk, (indices.Length + walk.Rows - 1) / walk.Rows);
            }
        }
    }

    [Kernel("lfq_quantize.vjp")]
    public static void Vjp(ReadOnlySpan<float> dCodes, Span<float> dZ)
    {
        Spans.Hold([dCodes.Length], [dZ.Length]);
        Copied.To(dCodes, dZ);
    }

    private readonly struct Walk(float* z, float scale, float* codes, long* indices, int count, int dimensions, int rows) : IChunked
    {
        public int Rows => rows;

        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            // A word more than a block's bits: an index may be taken across two.
            var words = stackalloc ulong[dimensions + 1];
            var end = Math.Min((chunk + 1) * rows, count);
            var size = (nint)RowsOfBlock * dimensions;
            using var buffer = Scratch.OfFloats(size);
            for (var row = chunk * rows; row < end; row += RowsOfBlock)
            {
                var (at, blockEnd) = ((nint)row * dimensions, (nint)Math.Min(row + RowsOfBlock, end) * dimensions);
                if ((nint)count * dimensions < WorthStreaming)
                {
                    Signs<V>(z + at, blockEnd - at, scale, codes + at, words);
                }
                else
                {
                    Signs<V>(z + at, blockEnd - at, scale, buffer.Floats, words);
                    new Outputs(codes).Flush<V>(buffer.Floats, at, blockEnd - at);
                }

                Unpack(words, dimensions, indices + row, Math.Min(RowsOfBlock, end - row));
            }
        }

        private static void Signs<V>(float* z, nint count, float scale, float* codes, ulong* words)
            where V : struct, ILanes<V>
        {
            nint at = 0;
            for (; at <= count - 64; at += 64)
            {
                ulong bits = 0;
                for (var i = 0; i < 64; i += V.Count)
                {
                    bits |= (ulong)Sign(Ahead.Load<V>(z + at + i), scale, codes + at + i) << i;
                }

                words[at / 64] = bits;
            }

            ulong last = 0;
            for (var i = 0; at + i < count; i++)
            {
                last |= (ulong)Sign(Lane.Load(z + at + i), scale, codes + at + i) << i;
            }

            words[at / 64] = last;
        }

        private static uint Sign<V>(V z, float scale, float* code)
            where V : struct, ILanes<V>
        {
            var positive = V.Less(V.Of(0), z);
            V.Select(positive, V.Of(scale), V.Of(-scale)).Store(code);
            return V.Mask(positive);
        }

        private static void Unpack(ulong* words, int dimensions, long* indices, int count)
        {
            var mask = (1UL << dimensions) - 1;
            for (var row = 0; row < count; row++)
            {
                var (word, shift) = (row * dimensions / 64, row * dimensions % 64);

                // Shifted up in two steps: by 64 a word would stay where it is.
                indices[row] = (long)(((words[word] >> shift) | (words[word + 1] << 1 << (63 - shift))) & mask);
            }
        }
    }
}

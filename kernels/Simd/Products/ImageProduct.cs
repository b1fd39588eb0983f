using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Products;

/// <summary>The sizes of a convolution of maps.</summary>
internal readonly record struct ConvolutionSizes(
    int Maps, int Channels, (int Height, int Width) Map, int Outputs, (int Rows, int Columns) Kernel, (int Rows, int Columns) Result)
{
    public nint Depth => (nint)Channels * Kernel.Rows * Kernel.Columns;
}

/// <summary>
/// A convolution as what it is, a matrix product: output channels in strips, neighbouring outputs of a row in panels, the kernel's taps
/// over all channels for the depth. The depth is cut so that what a panel sees stays in the first-level cache while all strips, which
/// lie in one piece, pass over it.
/// </summary>
internal static unsafe class ImageProduct
{
    /// <summary>Rows of outputs that a thread makes from one split image: neighbours see much of the same.</summary>
    private const int RowsAtOnce = 4;

    /// <summary>Taps at a time. What a panel of two registers sees through 512 is 64 KiB, most of it twice: the windows overlap.</summary>
    private const int DepthAtOnce = 512;

    public static void Of(float* x, float* weight, float* bias, float* y, ConvolutionSizes sizes, Walk walk)
    {
        var height = Strip.Height;
        var strips = (sizes.Outputs + height - 1) / height;
        var padded = ((strips - 1) * height) + Strip.HeightOf(strips - 1, sizes.Outputs);
        using var weights = Scratch.OfFloats(padded * sizes.Depth);
        var packing = new Packing(weight, sizes, padded, weights.Floats);
        Workers.Run(ref packing, strips);

        var rows = Math.Min(RowsAtOnce, sizes.Result.Rows);
        var seen = ((rows - 1) * walk.Stride) + (walk.Dilation * (sizes.Kernel.Rows - 1)) + 1;
        var image = new SplitImage(walk, sizes.Channels, sizes.Map, seen, sizes.Kernel.Columns, sizes.Result.Columns);
        using var taps = Scratch.OfDoubles(sizes.Depth);
        var offsets = (nint*)taps.Floats;
        var window = sizes.Kernel.Rows * sizes.Kernel.Columns;
        for (var d = 0; d < sizes.Depth; d++)
        {
            offsets[d] = image.Offset(d / window, d % window / sizes.Kernel.Columns, d % sizes.Kernel.Columns);
        }

        var groups = (sizes.Result.Rows + rows - 1) / Math.Max(1, rows);
        var product = new Product(image, x, offsets, weights.Floats, strips, padded, bias, y, sizes, rows, groups, walk.Stride);
        Workers.Run(ref product, sizes.Maps * groups);
    }

    /// <summary>In the order in which they are used: a slice of the depth, in it strip by strip, tap by tap a number of each output channel. A strip that is not full is filled with zeros.</summary>
    private readonly struct Packing(float* weight, ConvolutionSizes sizes, nint padded, float* packed) : IChunked
    {
        public void Do<V>(int strip)
            where V : struct, ILanes<V>
        {
            var (first, height) = (strip * Strip<V>.Height, Strip.HeightOf(strip, sizes.Outputs));
            for (nint d = 0; d < sizes.Depth; d += DepthAtOnce)
            {
                var depth = Math.Min(DepthAtOnce, sizes.Depth - d);
                var to = packed + (d * padded) + (first * depth);
                if (first + height > sizes.Outputs)
                {
                    new Span<float>(to, (int)(height * depth)).Clear();
                }

                Transposed.Take(weight + (first * sizes.Depth) + d, sizes.Depth, Math.Min(height, sizes.Outputs - first), depth, to, height);
            }
        }
    }

    private readonly struct Product(
        SplitImage image, float* x, nint* offsets, float* weights, int strips, nint padded, float* bias, float* y, ConvolutionSizes sizes, int rowsAtOnce, int groups, int stride) : IChunked
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var (map, first) = (chunk / groups, chunk % groups * rowsAtOnce);
            using var split = Scratch.OfFloats(image.Size);
            image.Take(x + ((nint)map * sizes.Channels * sizes.Map.Height * sizes.Map.Width), first * stride, split.Floats);
            var sums = stackalloc float[2 * Strip<V>.Height * V.Count];
            for (nint d = 0; d < sizes.Depth; d += DepthAtOnce)
            {
                var depth = Math.Min(DepthAtOnce, sizes.Depth - d);
                for (var p = first; p < Math.Min(first + rowsAtOnce, sizes.Result.Rows); p++)
                {
                    for (var q = 0; q < sizes.Result.Columns; q += 2 * V.Count)
                    {
                        for (var s = 0; s < strips; s++)
                        {
                            var (o, height) = (s * Strip<V>.Height, Strip.HeightOf(s, sizes.Outputs));
                            var strip = weights + (d * padded) + (o * depth);
                            Strip<V>.Times(height, strip, split.Floats + image.Window(p - first, q), offsets + d, depth, sums);
                            Add<V>(map, o, p, q, sums, isFirst: d == 0);
                        }
                    }
                }
            }
        }

        /// <summary>The first part of the depth finds the bias where the later ones find their sum.</summary>
        private void Add<V>(int map, int first, int p, int q, float* sums, bool isFirst)
            where V : struct, ILanes<V>
        {
            for (var o = first; o < Math.Min(first + Strip<V>.Height, sizes.Outputs); o++, sums += 2 * V.Count)
            {
                var to = y + ((((((nint)map * sizes.Outputs) + o) * sizes.Result.Rows) + p) * sizes.Result.Columns) + q;
                if (q + (2 * V.Count) <= sizes.Result.Columns)
                {
                    (V.Load(sums) + (isFirst ? V.Of(bias[o]) : V.Load(to))).Store(to);
                    (V.Load(sums + V.Count) + (isFirst ? V.Of(bias[o]) : V.Load(to + V.Count))).Store(to + V.Count);
                    continue;
                }

                for (var i = 0; i < sizes.Result.Columns - q; i++)
                {
                    to[i] = sums[i] + (isFirst ? bias[o] : to[i]);
                }
            }
        }
    }
}

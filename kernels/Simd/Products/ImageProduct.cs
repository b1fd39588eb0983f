using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Products;

/// <summary>
/// A convolution as what it is, a matrix product: output channels in strips, neighbouring outputs of a row in panels, the kernel's taps
/// over all channels for the depth. A few output rows at a time stay in the second-level cache while all strips pass over them.
/// </summary>
internal static unsafe class ImageProduct
{
    private const int RowsAtOnce = 4;

    public static void Of(
        float* x, float* weight, float* bias, float* y, int maps, int channels, (int Height, int Width) size, int outputs, (int Rows, int Columns) kernel, (int Rows, int Columns) result, Walk walk)
    {
        var depth = (nint)channels * kernel.Rows * kernel.Columns;
        var height = Workers.Lanes == 16 ? 12 : 6;
        var strips = (outputs + height - 1) / height;
        using var weights = Scratch.OfFloats(strips * height * depth);
        PackWeights(weight, outputs, depth, height, strips, weights.Floats);
        var image = new SplitImage(null, null, walk, size, kernel, result);
        using var split = Scratch.OfFloats(channels * image.Plane);
        using var taps = Scratch.OfDoubles(depth);
        var offsets = (nint*)taps.Floats;
        for (var c = 0; c < channels; c++)
        {
            for (var tap = 0; tap < kernel.Rows * kernel.Columns; tap++)
            {
                offsets[(c * kernel.Rows * kernel.Columns) + tap] = image.Offset(c, tap / kernel.Columns, tap % kernel.Columns);
            }
        }

        for (nint map = 0; map < maps; map++)
        {
            image = new SplitImage(x + (map * channels * size.Height * size.Width), split.Floats, walk, size, kernel, result);
            Workers.Run(ref image, channels);
            var product = new Product(image, split.Floats, offsets, depth, weights.Floats, strips, bias, y + (map * outputs * result.Rows * result.Columns), outputs, result);
            Workers.Run(ref product, (result.Rows + RowsAtOnce - 1) / RowsAtOnce);
        }
    }

    /// <summary>Strip by strip, tap by tap, a number of each output channel; a strip that is not full is filled with zeros.</summary>
    private static void PackWeights(float* weight, int outputs, nint depth, int height, int strips, float* packed)
    {
        for (nint s = 0; s < strips; s++)
        {
            for (nint k = 0; k < depth; k++)
            {
                for (var r = 0; r < height; r++)
                {
                    var o = (s * height) + r;
                    packed[(((s * depth) + k) * height) + r] = o < outputs ? weight[(o * depth) + k] : 0;
                }
            }
        }
    }

    private struct Window(float* at, nint* offsets) : IPanel
    {
        private nint* offsets = offsets;

        public float* Next<V>()
            where V : struct, ILanes<V> => at + *offsets++;
    }

    private readonly struct Product(
        SplitImage image, float* split, nint* offsets, nint depth, float* weights, int strips, float* bias, float* y, int outputs, (int Rows, int Columns) result) : IChunked
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var height = Strip<V>.Height;
            var sums = stackalloc float[2 * height * V.Count];
            for (var s = 0; s < strips; s++)
            {
                for (var p = chunk * RowsAtOnce; p < Math.Min((chunk + 1) * RowsAtOnce, result.Rows); p++)
                {
                    for (var q = 0; q < result.Columns; q += 2 * V.Count)
                    {
                        Strip<V>.Times(weights + (s * height * depth), new Window(split + image.Window(p, q), offsets), depth, sums);
                        Store<V>(s * height, p, q, sums);
                    }
                }
            }
        }

        private void Store<V>(int first, int p, int q, float* sums)
            where V : struct, ILanes<V>
        {
            for (var o = first; o < Math.Min(first + Strip<V>.Height, outputs); o++, sums += 2 * V.Count)
            {
                var to = y + (((((nint)o * result.Rows) + p) * result.Columns) + q);
                var added = V.Of(bias[o]);
                if (q + (2 * V.Count) <= result.Columns)
                {
                    (V.Load(sums) + added).Store(to);
                    (V.Load(sums + V.Count) + added).Store(to + V.Count);
                    continue;
                }

                for (var i = 0; i < result.Columns - q; i++)
                {
                    to[i] = sums[i] + bias[o];
                }
            }
        }
    }
}

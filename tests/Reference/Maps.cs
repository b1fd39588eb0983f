using LatentConformance.Contract;
using MathNet.Numerics.LinearAlgebra;

namespace LatentConformance.Tests.Reference;

/// <summary>
/// Correlation as matrix products (im2col), and the one kind that is needed: without padding, dilation or transposition, which
/// are done to the map and the kernel beforehand. On the grid of the draws products and sums are exact.
/// </summary>
internal static class Maps
{
    private delegate double Element(int a, int b, int h, int w);

    /// <summary>weight matrix · patch matrix + bias, a sample at a time.</summary>
    public static double[] Correlated(Tensor x, Tensor weight, Tensor bias, int stride)
    {
        var (channels, rows, columns) = (weight.Shape[1], weight.Shape[2], weight.Shape[3]);
        var (p, q) = (((x.Shape[2] - rows) / stride) + 1, ((x.Shape[3] - columns) / stride) + 1);
        var kernel = Matrix<double>.Build.Dense(weight.Shape[0], channels * rows * columns, (o, k) => weight[(o * channels * rows * columns) + k]);
        var y = new List<double>();
        for (var b = 0; b < x.Shape[0]; b++)
        {
            var patches = Matrix<double>.Build.Dense(channels * rows * columns, p * q, (k, position) =>
                x[b, k / (rows * columns), (position / q * stride) + (k / columns % rows), (position % q * stride) + (k % columns)]);
            var offset = Matrix<double>.Build.Dense(weight.Shape[0], p * q, (o, _) => bias[o]);
            y.AddRange(((kernel * patches) + offset).EnumerateRows().SelectMany(row => row));
        }

        return [.. y];
    }

    /// <summary>Zeros round a map; negative widths cut it.</summary>
    public static Tensor Padded(Tensor x, int top, int left, int bottom, int right) =>
        Map([x.Shape[0], x.Shape[1], x.Shape[2] + top + bottom, x.Shape[3] + left + right], (a, b, h, w) => At(x, a, b, h - top, w - left));

    /// <summary>Zeros between the elements: a dilated kernel, or what a transposed convolution walks over.</summary>
    public static Tensor Spread(Tensor x, int step) =>
        Map([x.Shape[0], x.Shape[1], ((x.Shape[2] - 1) * step) + 1, ((x.Shape[3] - 1) * step) + 1], (a, b, h, w) =>
            h % step == 0 && w % step == 0 ? x[a, b, h / step, w / step] : 0);

    /// <summary>The kernel of the adjoint: turned by half a turn, with its channels exchanged.</summary>
    public static Tensor Turned(Tensor weight) =>
        Map([weight.Shape[1], weight.Shape[0], weight.Shape[2], weight.Shape[3]], (a, b, h, w) =>
            weight[b, a, weight.Shape[2] - 1 - h, weight.Shape[3] - 1 - w]);

    public static double Product(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double At(Tensor x, int a, int b, int h, int w) =>
        h >= 0 && h < x.Shape[2] && w >= 0 && w < x.Shape[3] ? x[a, b, h, w] : 0;

    private static Tensor Map(int[] shape, Element element) => Tensors.Of(shape, i =>
        element(i / (shape[1] * shape[2] * shape[3]), i / (shape[2] * shape[3]) % shape[1], i / shape[3] % shape[2], i % shape[3]));
}

using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>
/// Every convolution is a list of taps, x[i] · w[j] into y[k]: the answer adds up by k, its gradients by i and by j, and the
/// transpose is the same list read from y to x. Images are videos of one frame.
/// </summary>
internal partial class Kernels<T> : IConvolution
{
    public Tensor Conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation) =>
        Forward(Plane(x, weight, stride, padding, padding, dilation), x, weight, bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv2dVjp(
        Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation, Tensor dY) =>
        Backward(Plane(x, weight, stride, padding, padding, dilation), x, weight, bias, dY);

    public Tensor Conv2dAsymmetric(Tensor x, Tensor weight, Tensor bias) => Forward(Plane(x, weight, 2, 0, 1, 1), x, weight, bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv2dAsymmetricVjp(Tensor x, Tensor weight, Tensor bias, Tensor dY) =>
        Backward(Plane(x, weight, 2, 0, 1, 1), x, weight, bias, dY);

    public Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding) =>
        Forward(Transposed(x, weight, stride, padding, outputPadding), x, weight, bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) ConvTranspose2dVjp(
        Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding, Tensor dY) =>
        Backward(Transposed(x, weight, stride, padding, outputPadding), x, weight, bias, dY);

    public Tensor Conv3dCausal(Tensor x, Tensor weight, Tensor bias, long stride) => Forward(Video(x, weight, stride), x, weight, bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv3dCausalVjp(Tensor x, Tensor weight, Tensor bias, long stride, Tensor dY) =>
        Backward(Video(x, weight, stride), x, weight, bias, dY);

    private static Taps Plane(Tensor x, Tensor weight, long stride, long before, long after, long dilation)
    {
        var (h, w) = (new Side(x.Shape[2], weight.Shape[2], stride, before, dilation), new Side(x.Shape[3], weight.Shape[3], stride, before, dilation));
        int[] shape = [x.Shape[0], weight.Shape[0], h.Out(after), w.Out(after)];
        return new Taps(shape, Linked(x.Shape[0], x.Shape[1], weight.Shape[0], [new(1, 1, 1, 0, 1), h, w], [1, shape[2], shape[3]]));
    }

    /// <summary>The convolution that leads from y to x, with its ends exchanged: its weight is (out of it, into it).</summary>
    private static Taps Transposed(Tensor x, Tensor weight, long stride, long padding, long outputPadding)
    {
        int Size(int axis) => (int)(((x.Shape[axis] - 1) * stride) - (2 * padding) + weight.Shape[axis] + outputPadding);
        int[] shape = [x.Shape[0], weight.Shape[1], Size(2), Size(3)];
        var links = Linked(
            x.Shape[0],
            weight.Shape[1],
            x.Shape[1],
            [new(1, 1, 1, 0, 1), new(shape[2], weight.Shape[2], stride, padding, 1), new(shape[3], weight.Shape[3], stride, padding, 1)],
            [1, x.Shape[2], x.Shape[3]]);
        return new Taps(shape, links.Select(l => (l.Y, l.W, l.X)));
    }

    private static Taps Video(Tensor x, Tensor weight, long stride)
    {
        Side Still(int axis) => new(x.Shape[axis], weight.Shape[axis], 1, (weight.Shape[axis] - 1) / 2, 1);
        var time = new Side(x.Shape[2], weight.Shape[2], stride, weight.Shape[2] - 1, 1);
        int[] shape = [x.Shape[0], weight.Shape[0], time.Out(0), x.Shape[3], x.Shape[4]];
        return new Taps(shape, Linked(x.Shape[0], x.Shape[1], weight.Shape[0], [time, Still(3), Still(4)], shape[2..]));
    }

    private static IEnumerable<(int X, int W, int Y)> Linked(int batch, int channels, int outputs, Side[] sides, int[] sizes) =>
        from b in Enumerable.Range(0, batch)
        from o in Enumerable.Range(0, outputs)
        from c in Enumerable.Range(0, channels)
        from t in sides[0].Links(sizes[0])
        from h in sides[1].Links(sizes[1])
        from w in sides[2].Links(sizes[2])
        select (
            ((((((b * channels) + c) * sides[0].Size) + t.In) * sides[1].Size + h.In) * sides[2].Size) + w.In,
            ((((((o * channels) + c) * sides[0].Kernel) + t.Tap) * sides[1].Kernel + h.Tap) * sides[2].Kernel) + w.Tap,
            ((((((b * outputs) + o) * sizes[0]) + t.Out) * sizes[1] + h.Out) * sizes[2]) + w.Out);

    private Tensor Forward(Taps taps, Tensor x, Tensor weight, Tensor bias)
    {
        var (a, w, added) = (Values(x), Values(weight), Values(bias));
        var into = taps.Links.ToLookup(l => l.Y);
        var site = (int)Tensor.CountOf(taps.Shape.AsSpan()[2..]);
        return Out(taps.Shape, Enumerable.Range(0, (int)Tensor.CountOf(taps.Shape)).Select(k =>
        {
            (int X, int W, int Y)[] all = [.. into[k]];
            var start = added[k / site % taps.Shape[1]];

            // The bias comes last, or the sum begins with it.
            return style.OtherIdentities
                ? Sum(all.Length + 1, i => i == 0 ? start : a[all[i - 1].X] * w[all[i - 1].W])
                : Dot(all.Length, i => a[all[i].X], i => w[all[i].W]) + start;
        }));
    }

    private (Tensor? DX, Tensor? DWeight, Tensor? DBias) Backward(Taps taps, Tensor x, Tensor weight, Tensor bias, Tensor dY)
    {
        var (a, w, g) = (Values(x), Values(weight), Values(dY));
        var (byX, byW) = (taps.Links.ToLookup(l => l.X), taps.Links.ToLookup(l => l.W));
        var site = (int)Tensor.CountOf(taps.Shape.AsSpan()[2..]);
        var byChannel = Enumerable.Range(0, g.Length).ToLookup(k => k / site % taps.Shape[1]);
        return (
            Like(x, i => Added(byX[i], l => w[l.W], l => g[l.Y])),
            Like(weight, j => Added(byW[j], l => a[l.X], l => g[l.Y])),
            Like(bias, o => Sum([.. byChannel[o].Select(k => g[k])])));
    }

    private T Added(IEnumerable<(int X, int W, int Y)> links, Func<(int X, int W, int Y), T> one, Func<(int X, int W, int Y), T> other)
    {
        (int X, int W, int Y)[] all = [.. links];
        return Dot(all.Length, i => one(all[i]), i => other(all[i]));
    }

    private sealed record Taps(int[] Shape, IEnumerable<(int X, int W, int Y)> Links);

    private sealed record Side(int Size, int Kernel, long Stride, long Before, long Dilation)
    {
        public int Out(long after) => (int)((Size + Before + after - (Dilation * (Kernel - 1)) - 1) / Stride) + 1;

        public IEnumerable<(int In, int Tap, int Out)> Links(int size) =>
            from p in Enumerable.Range(0, size)
            from r in Enumerable.Range(0, Kernel)
            let i = (p * Stride) - Before + (r * Dilation)
            where i >= 0 && i < Size
            select ((int)i, r, p);
    }
}

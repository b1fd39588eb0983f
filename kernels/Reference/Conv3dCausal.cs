using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y[b,o,v,h,w] = bias[o] + Σ_{c,u,r,s} weight[o,c,u,r,s] · x[b,c, v·stride + u − (U − 1), h + r − (R − 1)/2, w + s − (S − 1)/2],
// what lies outside being zero: u = U − 1 is the present, u = 0 the farthest past. V = floor((T − 1) / stride) + 1.
public sealed partial class ReferenceKernels
{
    public Tensor Conv3dCausal(Tensor x, Tensor weight, Tensor bias, long stride) =>
        CausallyWired(x, weight, bias, stride).Forward(bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv3dCausalVjp(Tensor x, Tensor weight, Tensor bias, long stride, Tensor dY) =>
        CausallyWired(x, weight, bias, stride).Backward(bias, dY);

    private static Wiring CausallyWired(Tensor x, Tensor weight, Tensor bias, long stride)
    {
        Refuse.UnlessChannelsFit(x.Shape[1], weight.Shape[1], weight.Shape[0], bias);
        var (n, channels, frames, height, width) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], x.Shape[4]);
        var (outputs, times, rows, columns) = (weight.Shape[0], weight.Shape[2], weight.Shape[3], weight.Shape[4]);
        if (rows % 2 == 0 || columns % 2 == 0)
        {
            throw new RefusalException($"a kernel of {rows} by {columns} has no middle");
        }

        var (time, down, across) = (new Walk(stride, times - 1, 0, 1), new Walk(1, rows / 2, rows / 2, 1), new Walk(1, columns / 2, columns / 2, 1));
        var (v, p, q) = (time.Positions(frames, times), down.Positions(height, rows), across.Positions(width, columns));
        var taps =
            from b in Enumerable.Range(0, n)
            from o in Enumerable.Range(0, outputs)
            from k in Enumerable.Range(0, v)
            from i in Enumerable.Range(0, p)
            from j in Enumerable.Range(0, q)
            from c in Enumerable.Range(0, channels)
            from u in Enumerable.Range(0, times)
            from r in Enumerable.Range(0, rows)
            from s in Enumerable.Range(0, columns)
            let t = time.Place(k, u, frames)
            let h = down.Place(i, r, height)
            let w = across.Place(j, s, width)
            where t >= 0 && h >= 0 && w >= 0
            select new Tap(
                (((((((b * channels) + c) * frames) + t) * height) + h) * width) + w,
                (((((((o * channels) + c) * times) + u) * rows) + r) * columns) + s,
                (((((((b * outputs) + o) * v) + k) * p) + i) * q) + j);
        return new Wiring(x, weight, [n, outputs, v, p, q], [.. taps]);
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y[b,o,p,q] = bias[o] + Σ_{c,r,s} weight[o,c,r,s] · x[b,c, p·stride − pad + r·dilation, q·stride − pad + s·dilation], what lies
// outside being zero; P = floor((H + 2·pad − dilation·(R − 1) − 1) / stride) + 1. The asymmetric one has its single row of zeros
// below and its single column to the right: pad before is 0, P = floor((H + 1 − R) / 2) + 1.
public sealed partial class ReferenceKernels : IConvolution
{
    public Tensor Conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation) =>
        Wired(x, weight, bias, new(stride, padding, padding, dilation)).Forward(bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv2dVjp(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation, Tensor dY) =>
        Wired(x, weight, bias, new(stride, padding, padding, dilation)).Backward(bias, dY);

    public Tensor Conv2dAsymmetric(Tensor x, Tensor weight, Tensor bias) =>
        Wired(x, weight, bias, BelowAndRight).Forward(bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv2dAsymmetricVjp(Tensor x, Tensor weight, Tensor bias, Tensor dY) =>
        Wired(x, weight, bias, BelowAndRight).Backward(bias, dY);

    /// <summary>How a kernel walks along an axis.</summary>
    private readonly record struct Walk(long Stride, long Before, long After, long Dilation)
    {
        public int Positions(int size, int kernel)
        {
            Refuse.UnlessPositive("stride", Stride);
            Refuse.UnlessPositive("dilation", Dilation);
            Refuse.UnlessFiniteAndNotNegative("padding", Before);
            var room = size + Before + After - (Dilation * (kernel - 1)) - 1;
            return kernel < 1 || size < 1 || room < 0
                ? throw new RefusalException($"a kernel of {kernel} does not fit a size of {size}")
                : (int)(room / Stride) + 1;
        }

        /// <summary>Where the kernel's element lies on the axis, or −1 where it lies in the padding.</summary>
        public int Place(int position, int element, int size)
        {
            var place = (position * Stride) - Before + (element * Dilation);
            return place >= 0 && place < size ? (int)place : -1;
        }
    }

    private static readonly Walk BelowAndRight = new(2, 0, 1, 1);

    private static Wiring Wired(Tensor x, Tensor weight, Tensor bias, Walk walk)
    {
        Refuse.UnlessChannelsFit(x.Shape[1], weight.Shape[1], weight.Shape[0], bias);
        var (n, channels, height, width) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        var (outputs, rows, columns) = (weight.Shape[0], weight.Shape[2], weight.Shape[3]);
        var (p, q) = (walk.Positions(height, rows), walk.Positions(width, columns));
        var taps =
            from b in Enumerable.Range(0, n)
            from o in Enumerable.Range(0, outputs)
            from i in Enumerable.Range(0, p)
            from j in Enumerable.Range(0, q)
            from c in Enumerable.Range(0, channels)
            from r in Enumerable.Range(0, rows)
            from s in Enumerable.Range(0, columns)
            let h = walk.Place(i, r, height)
            let w = walk.Place(j, s, width)
            where h >= 0 && w >= 0
            select new Tap(
                (((((b * channels) + c) * height) + h) * width) + w,
                (((((o * channels) + c) * rows) + r) * columns) + s,
                (((((b * outputs) + o) * p) + i) * q) + j);
        return new Wiring(x, weight, [n, outputs, p, q], [.. taps]);
    }
}

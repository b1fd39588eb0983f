using LatentConformance.Contract;

namespace LatentConformance.Reference;

// out = floor((size + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1; transposed (size − 1)·stride − 2·padding + kernel +
// output_padding; frames 1 + floor((T − 1) / factor); parameters in·out·k² + out; multiplications in·out·k²·P·Q. All checked in
// 64 bits: what does not fit is refused.
public sealed partial class ReferenceKernels : IConvolutionArithmetic
{
    public Tensor ConvOutputSize(Tensor size, long kernel, long stride, long padding, long dilation)
    {
        Refuse.UnlessPositive("dilation", dilation);
        return Counted(size, n =>
        {
            RefuseUnlessWholeSizes(n, kernel, stride, padding);
            var room = checked(n + (2 * padding) - (dilation * (kernel - 1)) - 1);
            return room >= 0 ? (room / stride) + 1 : throw new RefusalException($"a kernel of {kernel} does not fit a size of {n}");
        });
    }

    public Tensor ConvTransposeOutputSize(Tensor size, long kernel, long stride, long padding, long outputPadding) =>
        Counted(size, n => TransposedSize(n, kernel, stride, padding, outputPadding));

    public Tensor CausalFrames(Tensor frames, long factor) => Counted(frames, t =>
    {
        Refuse.UnlessPositive("frames", t);
        Refuse.UnlessPositive("factor", factor);
        return 1 + ((t - 1) / factor);
    });

    public Tensor ConvParameters(long inChannels, long outChannels, long kernel, long bias) => bias is 0 or 1
        ? Product(bias * outChannels, inChannels, outChannels, kernel, kernel)
        : throw new RefusalException($"bias is {bias}; it is 0 or 1");

    public Tensor ConvMacs(long inChannels, long outChannels, long kernel, long outHeight, long outWidth) =>
        Product(0, inChannels, outChannels, kernel, kernel, outHeight, outWidth);

    private static Tensor Counted(Tensor sizes, Func<long, long> count) =>
        new(sizes.Shape.ToArray(), sizes.Int64.ToArray().Select(n => InRange(() => count(n))).ToArray()) { Tolerance = Tolerance.Exact(sizes.Count) };

    private static Tensor Product(long more, params long[] factors)
    {
        Array.ForEach(factors, f => Refuse.UnlessPositive("a size", f));
        var product = InRange(() => checked(factors.Aggregate(1L, (product, factor) => checked(product * factor)) + more));
        return new Tensor([], [product]) { Tolerance = Tolerance.Exact(1) };
    }

    private static long InRange(Func<long> count)
    {
        try
        {
            return count();
        }
        catch (OverflowException)
        {
            throw new RefusalException("the count does not fit 64 bits");
        }
    }

    private static void RefuseUnlessWholeSizes(long size, long kernel, long stride, long padding)
    {
        Refuse.UnlessPositive("size", size);
        Refuse.UnlessPositive("kernel", kernel);
        Refuse.UnlessPositive("stride", stride);
        Refuse.UnlessFiniteAndNotNegative("padding", padding);
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : INormalisation, IResampling, IConvolutionArithmetic
{
    public Tensor GroupNorm(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon)
    {
        var (values, scales, shifts) = (Values(x), Values(gamma), Values(beta));
        var statistics = Statistics(x, groups, epsilon);
        return Like(x, i =>
        {
            var ((mean, inverse), c) = (statistics[GroupOf(x, groups, i)], Channel(x, i));

            // PyTorch on a processor makes one factor and one summand of all four.
            return style.OtherIdentities
                ? (values[i] * (inverse * scales[c])) + (shifts[c] - (inverse * scales[c] * mean))
                : ((values[i] - mean) * inverse * scales[c]) + shifts[c];
        });
    }

    public (Tensor? DX, Tensor? DGamma, Tensor? DBeta) GroupNormVjp(
        Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon, Tensor dY)
    {
        var (values, scales, g, statistics) = (Values(x), Values(gamma), Values(dY), Statistics(x, groups, epsilon));
        var (byGroup, byChannel) = (
            Enumerable.Range(0, x.Count).ToLookup(i => GroupOf(x, groups, i)),
            Enumerable.Range(0, x.Count).ToLookup(i => Channel(x, i)));
        T Normal(int i)
        {
            var (mean, inverse) = statistics[GroupOf(x, groups, i)];
            return (values[i] - mean) * inverse;
        }

        T Up(int i) => g[i] * scales[Channel(x, i)];
        (T Plain, T Along)[] means = [.. statistics.Select((_, n) =>
        {
            int[] all = [.. byGroup[n]];
            return (Divided(Sum(all.Length, i => Up(all[i])), all.Length), Divided(Sum(all.Length, i => Up(all[i]) * Normal(all[i])), all.Length));
        })];
        return (
            Like(x, i =>
            {
                var group = GroupOf(x, groups, i);
                return statistics[group].Inverse * (Up(i) - means[group].Plain - (Normal(i) * means[group].Along));
            }),
            Like(gamma, c => Sum([.. byChannel[c].Select(i => g[i] * Normal(i))])),
            Like(beta, c => Sum([.. byChannel[c].Select(i => g[i])])));
    }

    public Tensor UpsampleNearest(Tensor x, long factor) => Gathered(Upsampled(x, (int)factor), x);

    public Tensor UpsampleNearestVjp(Tensor x, long factor, Tensor dY) => Scattered(Upsampled(x, (int)factor), x, dY);

    public Tensor PixelShuffle(Tensor x, long factor) => Gathered(Shuffled(x, (int)factor), x);

    public Tensor PixelShuffleVjp(Tensor x, long factor, Tensor dY) => Scattered(Shuffled(x, (int)factor), x, dY);

    public Tensor PixelUnshuffle(Tensor x, long factor) => Gathered(Unshuffled(x, (int)factor), x);

    public Tensor PixelUnshuffleVjp(Tensor x, long factor, Tensor dY) => Scattered(Unshuffled(x, (int)factor), x, dY);

    public Tensor ConvOutputSize(Tensor size, long kernel, long stride, long padding, long dilation) => Whole(
        [size.Count],
        size.Int64.ToArray().Select(s => (s + (2 * padding) - ((kernel - 1) * dilation) + stride - 1) / stride));

    public Tensor ConvTransposeOutputSize(Tensor size, long kernel, long stride, long padding, long outputPadding) =>
        Whole([size.Count], size.Int64.ToArray().Select(s => (s * stride) + kernel - stride - (2 * padding) + outputPadding));

    public Tensor CausalFrames(Tensor frames, long factor) => Whole([frames.Count], frames.Int64.ToArray().Select(f => (f - 1 + factor) / factor));

    public Tensor ConvParameters(long inChannels, long outChannels, long kernel, long bias) =>
        Whole([], [outChannels * ((inChannels * kernel * kernel) + bias)]);

    public Tensor ConvMacs(long inChannels, long outChannels, long kernel, long outHeight, long outWidth) =>
        Whole([], [outHeight * outWidth * outChannels * (kernel * kernel * inChannels)]);

    private static int GroupOf(Tensor x, long groups, int i) => i / (x.Count / (x.Shape[0] * (int)groups));

    private (T Mean, T Inverse)[] Statistics(Tensor x, long groups, double epsilon)
    {
        var values = Values(x);
        return [.. Enumerable.Range(0, x.Count).GroupBy(i => GroupOf(x, groups, i), i => values[i]).Select(all =>
        {
            T[] group = [.. all];
            return (Divided(Sum(group), group.Length), T.One / T.Sqrt(Variance(group) + C(epsilon)));
        })];
    }

    private static (int[] Shape, int[] Sources) Upsampled(Tensor x, int r) => Moved(
        [x.Shape[0], x.Shape[1], x.Shape[2] * r, x.Shape[3] * r], x, (c, p, q) => (c, p / r, q / r));

    private static (int[] Shape, int[] Sources) Shuffled(Tensor x, int r) => Moved(
        [x.Shape[0], x.Shape[1] / (r * r), x.Shape[2] * r, x.Shape[3] * r], x, (c, p, q) => ((((c * r) + (p % r)) * r) + (q % r), p / r, q / r));

    private static (int[] Shape, int[] Sources) Unshuffled(Tensor x, int r) => Moved(
        [x.Shape[0], x.Shape[1] * r * r, x.Shape[2] / r, x.Shape[3] / r], x, (c, p, q) => (c / (r * r), (p * r) + (c / r % r), (q * r) + (c % r)));

    /// <summary>Where each element of a map of this shape comes from.</summary>
    private static (int[] Shape, int[] Sources) Moved(int[] shape, Tensor x, Func<int, int, int, (int C, int H, int W)> source) => (shape,
        [.. from b in Enumerable.Range(0, shape[0])
            from c in Enumerable.Range(0, shape[1])
            from p in Enumerable.Range(0, shape[2])
            from q in Enumerable.Range(0, shape[3])
            let s = source(c, p, q)
            select (((((b * x.Shape[1]) + s.C) * x.Shape[2]) + s.H) * x.Shape[3]) + s.W]);

    private Tensor Gathered((int[] Shape, int[] Sources) map, Tensor x)
    {
        var values = Values(x);
        return Out(map.Shape, map.Sources.Select(s => values[s]));
    }

    private Tensor Scattered((int[] Shape, int[] Sources) map, Tensor x, Tensor dY)
    {
        var (g, targets) = (Values(dY), Enumerable.Range(0, map.Sources.Length).ToLookup(k => map.Sources[k]));
        return Like(x, i => Sum([.. targets[i].Select(k => g[k])]));
    }
}

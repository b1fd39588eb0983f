using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Counting: halves, remainders, kernels that are one too large, and numbers that do not fit 32 bits.</summary>
internal static class ConvolutionArithmeticMistakes
{
    public static IEnumerable<Mistake> All => [.. Sizes, .. Transposed, .. Frames, .. Ratios, .. Hops, .. Counts, .. Refusals];

    private static IEnumerable<Mistake> Sizes =>
    [
        Size("CV03", "size-rounded-up", "Off by one on some sizes.", "Round down.", (n, k, s, p, d) => Ceiling(n + (2 * p) - (d * (k - 1)) - 1, s) + 1),
        Size("CV04", "size-dilation-ignored", "Too large.", "The kernel reaches over d(k - 1) + 1.", (n, k, s, p, _) => Floor(n + (2 * p) - k, s) + 1),
        Size("CV04d", "size-dilated-kernel-too-large", "Too small.", "The kernel reaches over d(k - 1) + 1, not d k.", (n, k, s, p, d) => Floor(n + (2 * p) - (d * k), s) + 1),
        Size("CV05", "size-padding-once", "Too small.", "Padding counts at both ends.", (n, k, s, p, d) => Floor(n + p - (d * (k - 1)) - 1, s) + 1),
        Size("CV05a", "size-padding-forgotten", "Too small.", "Add twice the padding.", (n, k, s, _, d) => Floor(n - (d * (k - 1)) - 1, s) + 1),
        Size("CV03a", "size-one-missing", "Off by one.", "Add one: the first position counts.", (n, k, s, p, d) => Floor(n + (2 * p) - (d * (k - 1)) - 1, s)),
        Size("CV03b", "size-one-inside", "Off by one on some sizes.", "Add the one after the division.", (n, k, s, p, d) => Floor(n + (2 * p) - (d * (k - 1)), s)),
        Size("CV03c", "size-over-stride", "Holds for padding that keeps the size only.", "Count where the kernel fits.", (n, _, s, _, _) => Ceiling(n, s)),
        Size("NU12", "size-in-32-bits", "Long sequences have a negative length.", "Count in 64 bits.", (n, k, s, p, d) => Floor((int)n + (2 * p) - (d * (k - 1)) - 1, s) + 1),
    ];

    private static IEnumerable<Mistake> Transposed =>
    [
        Enlarged("CV01", "size-output-padding-missing", "28 becomes 14 and then 27.", "Add output_padding.", (n, k, s, p, _) => ((n - 1) * s) - (2 * p) + k),
        Enlarged("CV01a", "size-times-stride", "Holds for some kernels only.", "(n - 1) s - 2p + k + output_padding.", (n, _, s, _, _) => n * s),
        Enlarged("CV05f", "size-transposed-padding-once", "Too large.", "Padding is cut at both ends.", (n, k, s, p, more) => ((n - 1) * s) - p + k + more),
        Enlarged("CV05g", "size-transposed-padding-added", "Too large.", "Padding is cut off, not added.", (n, k, s, p, more) => ((n - 1) * s) + (2 * p) + k + more),
        Enlarged("CV01d", "size-last-stamp-forgotten", "Too large by a stride.", "The last stamp begins at (n - 1) s.", (n, k, s, p, more) => (n * s) - (2 * p) + k + more),
        Enlarged("NU12a", "size-transposed-in-32-bits", "Long sequences have a negative length.", "Count in 64 bits.", (n, k, s, p, more) => (((int)n - 1) * s) - (2 * p) + k + more),
    ];

    private static IEnumerable<Mistake> Frames =>
    [
        Latents("CV08", "frames-divided", "The first frame has no latent.", "1 + floor((T - 1) / factor).", (t, f) => t / f, "NVIDIA/Cosmos#111"),
        Latents("CV08e", "frames-divided-plus-one", "One latent too many where the factor divides T.", "Take the first frame off before the division.", (t, f) => 1 + (t / f), "Lightricks/LTX-Video#190"),
        Latents("CV08f", "frames-rest-counted", "A chunk that is not full is counted.", "Round down.", (t, f) => 1 + Ceiling(t - 1, f)),
        Latents("CV08g", "frames-first-forgotten", "One latent short.", "The first frame has a latent of its own.", (t, f) => (t - 1) / f),
    ];

    private static IEnumerable<Mistake> Ratios =>
    [
        Halved("CV11", "flags-of-all-axes-added", "Time is reduced as often as all axes together.", "Count the flags of each axis by itself.", (flags, _) => 1L << (int)flags.Sum(level => level.Sum()), "huggingface/diffusers#13601"),
        Halved("CV11a", "levels-counted-for-flags", "Levels that halve nothing are counted.", "Count the flags that are 1.", (flags, _) => 1L << flags.Length),
        Halved("CV11b", "first-axis-for-all", "Space is reduced as little as time.", "Count the flags of each axis by itself.", (flags, _) => 1L << (int)flags.Sum(level => level[0])),
        Halved("CV11c", "last-axis-for-all", "Time is reduced as much as space.", "Count the flags of each axis by itself.", (flags, _) => 1L << (int)flags.Sum(level => level[^1])),
        Halved("CV11d", "axes-reversed", "Time and width are exchanged.", "Keep the axes in their order.", (flags, a) => 1L << (int)flags.Sum(level => level[^(a + 1)])),
        Halved("CV11e", "halvings-added-up", "Holds for one and for two halvings only.", "Each halving doubles the ratio.", (flags, a) => Math.Max(1, 2 * flags.Sum(level => level[a]))),
        Halved("CV11f", "levels-of-any-axis-counted", "A level that halves one axis is taken to halve them all.", "Count the flags of each axis by itself.", (flags, _) => 1L << flags.Count(level => level.Contains(1))),
        Halved("CV11g", "halvings-reported", "The number of halvings is reported.", "Take 2 to that power.", (flags, a) => flags.Sum(level => level[a])),
        Halved("NU12", "ratio-in-32-bits", "Deep models have a ratio of nearly nothing.", "Count in 64 bits.", (flags, a) => 1 << (int)flags.Sum(level => level[a])),
    ];

    private static IEnumerable<Mistake> Hops =>
    [
        Hop("CV25", "strides-added", "The frame rate is many times too high.", "Multiply the strides.", strides => strides.Sum()),
        Hop("CV25d", "strides-as-halvings", "Every stride counts as 2.", "Multiply the strides as they are.", strides => 1L << strides.Length),
        Hop("CV25e", "longest-stride-only", "The frame rate is many times too high.", "Multiply all strides.", strides => strides.Append(1).Max()),
        Hop("CV25f", "last-stride-forgotten", "The frame rate is too high.", "Multiply all strides.", strides => Product(strides.SkipLast(1))),
        Hop("CV25g", "first-stride-forgotten", "The frame rate is too high.", "Multiply all strides.", strides => Product(strides.Skip(1))),
        Hop("CV25h", "common-multiple-of-strides", "Strides with a common factor count too little.", "Multiply the strides.", strides => strides.Aggregate(1L, (a, b) => a / (long)System.Numerics.BigInteger.GreatestCommonDivisor(a, b) * b)),
        Hop("NU12", "hop-in-32-bits", "Long hops are negative.", "Count in 64 bits.", strides => unchecked((int)Product(strides))),
    ];

    private static IEnumerable<Mistake> Counts =>
    [
        Count("conv_parameters", "parameters", "CV31h", "kernel-counted-once", "Too few by a side of the kernel.", "A kernel has k^2 elements.", n => (n[0] * n[1] * n[2]) + (n[3] * n[1])),
        Count("conv_parameters", "parameters", "CV31i", "biases-forgotten", "Too few by the output channels.", "Count the biases.", n => n[0] * n[1] * n[2] * n[2]),
        Count("conv_parameters", "parameters", "CV31j", "biases-always-counted", "Too many by the output channels.", "Count biases where there are any.", n => (n[0] * n[1] * n[2] * n[2]) + n[1]),
        Count("conv_parameters", "parameters", "CV31k", "biases-of-the-input", "As many biases as input channels.", "A bias an output channel.", n => (n[0] * n[1] * n[2] * n[2]) + (n[3] * n[0])),
        Count("conv_parameters", "parameters", "CV31l", "single-bias", "Too few.", "A bias an output channel.", n => (n[0] * n[1] * n[2] * n[2]) + n[3]),
        Count("conv_parameters", "parameters", "CV31m", "depthwise-counted", "Too few by the input channels.", "Each output channel sees all input channels.", n => (n[1] * n[2] * n[2]) + (n[3] * n[1])),
        Count("conv_parameters", "parameters", "NU12b", "parameters-in-32-bits", "Large layers have a negative size.", "Count in 64 bits.", n => unchecked((int)((n[0] * n[1] * n[2] * n[2]) + (n[3] * n[1])))),
        Count("conv_macs", "macs", "CV07", "macs-height-used-twice", "Wrong as soon as maps are not square.", "Multiply by each side once.", n => n[0] * n[1] * n[2] * n[2] * n[3] * n[3], "black0017/MedicalZooPytorch#20"),
        Count("conv_macs", "macs", "CV24b", "macs-one-side-only", "Too few by the width.", "Multiply by the positions, not by a side.", n => n[0] * n[1] * n[2] * n[2] * n[3]),
        Count("conv_macs", "macs", "CV31n", "macs-kernel-counted-once", "Too few by a side of the kernel.", "A kernel has k^2 elements.", n => n[0] * n[1] * n[2] * n[3] * n[4]),
        Count("conv_macs", "macs", "CV31o", "operations-for-macs", "Twice what it is.", "A multiplication with its addition counts once.", n => 2 * n[0] * n[1] * n[2] * n[2] * n[3] * n[4]),
        Count("conv_macs", "macs", "CV31p", "macs-depthwise", "Too few by the input channels.", "Each output channel sees all input channels.", n => n[1] * n[2] * n[2] * n[3] * n[4]),
        Count("conv_macs", "macs", "NU12c", "macs-in-32-bits", "Any large layer has a negative cost.", "Count in 64 bits.", n => unchecked((int)(n[0] * n[1] * n[2] * n[2] * n[3] * n[4]))),
        Count("conv_macs", "macs", "NU12d", "macs-through-float32", "The last digits are wrong.", "Count in whole numbers.", n => (long)(float)(n[0] * n[1] * n[2] * n[2] * n[3] * n[4])),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("CV11h", "flags-unchecked", "A factor where a flag was asked for is taken for many halvings.", "Refuse flags that are not 0 or 1.")
            .Unrefused("downsampling_ratio", i => Wrong.One("ratio", new Tensor([i["down"].Shape[1]], new long[i["down"].Shape[1]]))),
        new Wrong("CV25i", "hop-of-no-stride-answered", "A hop of 0 makes endless frames.", "Refuse strides that are not positive.")
            .Unrefused("hop_length", _ => Wrong.One("hop", new Tensor([], [0L]))),
        new Wrong("CV30b", "kernel-too-large-answered", "A map of no size, or of a negative one.", "Refuse a kernel that does not fit.")
            .Unrefused("conv_output_size", i => Wrong.One("out", i["size"])),
        new Wrong("CV01e", "output-padding-unchecked", "The last rows are never written.", "Refuse output_padding that is not below the stride.")
            .Unrefused("conv_transpose_output_size", i => Wrong.One("out", i["size"])),
        new Wrong("CV08h", "no-frames-answered", "A video of no frames has a latent.", "Refuse a video of no frames.")
            .Unrefused("causal_frames", i => Wrong.One("out", i["frames"])),
        new Wrong("NU15j", "no-channels-answered", "A layer of no channels has parameters.", "Refuse sizes that are not positive.")
            .Unrefused("conv_parameters", _ => Wrong.One("parameters", new Tensor([], [0L]))),
        new Wrong("NU15k", "no-map-answered", "A layer without a map costs nothing.", "Refuse sizes that are not positive.")
            .Unrefused("conv_macs", _ => Wrong.One("macs", new Tensor([], [0L]))),
    ];

    private static Mistake Size(string id, string name, string symptom, string mend, Func<long, long, long, long, long, long> size) =>
        new Wrong(id, name, symptom, mend).Answering("conv_output_size", i => Each(
            i["size"], n => size(n, i["kernel"].Int64[0], i["stride"].Int64[0], i["padding"].Int64[0], i["dilation"].Int64[0])));

    private static Mistake Enlarged(string id, string name, string symptom, string mend, Func<long, long, long, long, long, long> size) =>
        new Wrong(id, name, symptom, mend).Answering("conv_transpose_output_size", i => Each(
            i["size"], n => size(n, i["kernel"].Int64[0], i["stride"].Int64[0], i["padding"].Int64[0], i["output_padding"].Int64[0])));

    private static Mistake Latents(string id, string name, string symptom, string mend, Func<long, long, long> frames, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering("causal_frames", i => Each(i["frames"], t => frames(t, i["factor"].Int64[0])));

    private static Mistake Count(string operation, string output, string id, string name, string symptom, string mend, Func<long[], long> count, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering(operation, i =>
        {
            long[] numbers = [.. Catalogue.Standard.Find(operation)!.Inputs.Select(f => i[f.Name].Int64[0])];
            return Wrong.One(output, new Tensor([], [count(numbers)]));
        });

    /// <summary>A ratio from the flags, level by level, and the number of the axis.</summary>
    private static Mistake Halved(string id, string name, string symptom, string mend, Func<long[][], int, long> ratio, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering("downsampling_ratio", i =>
        {
            var axes = i["down"].Shape[1];
            long[][] flags = [.. Enumerable.Range(0, i["down"].Shape[0]).Select(level => i["down"].Int64.Slice(level * axes, axes).ToArray())];
            return Wrong.One("ratio", new Tensor([axes], [.. Enumerable.Range(0, axes).Select(a => ratio(flags, a))]));
        });

    private static Mistake Hop(string id, string name, string symptom, string mend, Func<long[], long> hop) =>
        new Wrong(id, name, symptom, mend).Answering("hop_length", i => Wrong.One("hop", new Tensor([], [hop(i["strides"].Int64.ToArray())])));

    private static long Product(IEnumerable<long> factors) => factors.Aggregate(1L, (product, factor) => product * factor);

    private static Dictionary<string, Tensor> Each(Tensor sizes, Func<long, long> count) =>
        Wrong.One("out", new Tensor(sizes.Shape.ToArray(), sizes.Int64.ToArray().Select(count).ToArray()));

    private static long Floor(long a, long b) => (long)Math.Floor((double)a / b);

    private static long Ceiling(long a, long b) => (long)Math.Ceiling((double)a / b);
}

using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Convolutions: kernels turned round, zeros on the wrong side, weights read in the wrong layout.</summary>
internal static class ConvolutionMistakes
{
    private static readonly Windows Right = new();

    /// <summary>Wrong whatever the number of axes; each is tried flat, strided and in time, value and gradient.</summary>
    private static readonly (Wrong Wrong, Windows Windows)[] Anywhere =
    [
        (new("CV26", "kernel-flipped", "Filters are mirrored.", "Correlate: the kernel of deep learning is not flipped."),
            Right with { Element = (sizes, at) => [.. at.Select((k, axis) => sizes[axis] - 1 - k)] }),
        (new("CV26a", "kernel-axes-swapped", "Filters are transposed.", "Keep rows and columns of the kernel in their order."),
            Right with { Weight = (sizes, at) => Windows.Flat([.. at[..^2], at[^1], at[^2]], [.. sizes[..^2], sizes[^1], sizes[^2]]) }),
        (new("CV27a", "weight-in-before-out", "The wrong channels are mixed.", "Read the weight as (out, in, ...).", "BVLC/caffe#3612"),
            Right with { Weight = (sizes, at) => Windows.Flat([at[1], at[0], .. at[2..]], [sizes[1], sizes[0], .. sizes[2..]]) }),
        (new("CV31", "bias-missing", "Every channel is off by a constant.", "Add the bias."), Right with { Bias = (_, _, _) => 0 }),
        (new("CV31a", "bias-with-every-term", "The bias counts as often as the kernel has elements.", "Add the bias once, after the sum."),
            Right with { Bias = (bias, channel, terms) => terms * bias[channel] }),
        (new("CV31b", "bias-negated", "Every channel is off by a constant.", "Add the bias, with a plus."),
            Right with { Bias = (bias, channel, _) => -bias[channel] }),
        (new("CV31c", "first-bias-for-all", "All channels but the first are off by a constant.", "Give each output channel its own bias."),
            Right with { Bias = (bias, _, _) => bias[0] }),
    ];

    public static IEnumerable<Mistake> All =>
    [
        .. In("conv2d", "conv-", Flat),
        .. In("conv2d_asymmetric", "asymmetric-", Asymmetric),
        .. In("conv3d_causal", "causal-", Causal),
        .. Walks,
        .. Time,
        .. Gradients("conv2d", "conv-"),
        .. Gradients("conv2d_asymmetric", "asymmetric-"),
        .. Gradients("conv3d_causal", "causal-"),
        .. Gradients("conv_transpose2d", "transposed-"),
        .. Refusals,
    ];

    /// <summary>What is wrong anywhere, in one operation under a prefix.</summary>
    private static IEnumerable<Mistake> In(string operation, string prefix, Func<Windows, Formula> formula) =>
        Anywhere.SelectMany(a => (a.Wrong with { Name = prefix + a.Wrong.Name }).Both(operation, formula(a.Windows)));

    private static IEnumerable<Mistake> Walks =>
    [
        new Wrong("CV03", "map-rounded-up", "Maps of some sizes are one larger.", "Round the size down.")
            .Value("conv2d", Flat(Right with { Up = true })),
        new Wrong("CV04", "map-dilation-ignored", "The kernel sees neighbours only.", "Space the kernel's elements by the dilation.")
            .Value("conv2d", Flat(Right with { Walks = (w, _) => w with { Dilation = 1 } })),
        new Wrong("CV05", "map-padded-before-only", "Maps are too small.", "Pad both ends of an axis.")
            .Value("conv2d", Flat(Right with { Walks = (w, _) => w with { After = 0 } })),
        .. new Wrong("CV05b", "map-padded-after-only", "The content moves up and to the left.", "Pad both ends of an axis.")
            .Both("conv2d", Flat(Right with { Walks = (w, _) => w with { Before = 0, After = w.Before + w.After } })),
        new Wrong("CV04a", "map-stride-ignored", "Maps keep their size.", "Move the kernel by the stride.")
            .Value("conv2d", Flat(Right with { Walks = (w, _) => w with { Stride = 1 } })),
        .. new Wrong("CV02", "asymmetric-padded-all-round", "Pretrained weights give shifted, soft pictures; even sizes keep their shape.", "Pad below and to the right only.", "kjsman/stable-diffusion-pytorch#8")
            .Both("conv2d_asymmetric", Asymmetric(Right with { Walks = (w, _) => w with { Before = 1, After = 1 } })),
        .. new Wrong("CV02a", "asymmetric-padded-above-and-left", "Pretrained weights give shifted pictures of the right shape.", "Pad below and to the right.", "divamgupta/stable-diffusion-tensorflow#42")
            .Both("conv2d_asymmetric", Asymmetric(Right with { Walks = (w, _) => w with { Before = 1, After = 0 } })),
        new Wrong("CV02b", "asymmetric-not-padded", "Even sizes are one short.", "Pad below and to the right.")
            .Value("conv2d_asymmetric", Asymmetric(Right with { Walks = (w, _) => w with { After = 0 } })),
    ];

    private static IEnumerable<Mistake> Time =>
    [
        .. new Wrong("CV08b", "time-padded-both-ends", "A frame sees the frames after it.", "Pad time before the first frame only.")
            .Both("conv3d_causal", Causal(Right with { Walks = (w, axis) => axis == 0 ? w with { Before = w.Before / 2, After = w.Before - (w.Before / 2) } : w })),
        .. new Wrong("CV08c", "time-padded-after", "A frame sees the frames after it and none before.", "Pad time before the first frame, not after the last.")
            .Both("conv3d_causal", Causal(Right with { Walks = (w, axis) => axis == 0 ? w with { Before = 0, After = w.Before } : w })),
        .. new Wrong("CV08d", "present-not-seen", "A frame depends on the past alone, so its own content is lost.", "The last element of the kernel is the present.")
            .Both("conv3d_causal", Causal(Right with { Walks = (w, axis) => axis == 0 ? w with { Before = w.Before + 1, After = -1 } : w })),
        .. new Wrong("CV26b", "time-reversed", "The oldest frame is weighed as the present.", "Correlate in time as well: the last element is the present.")
            .Both("conv3d_causal", Causal(Right with { Element = (sizes, at) => [sizes[0] - 1 - at[0], .. at[1..]] })),
        new Wrong("CV05d", "space-not-padded", "Frames shrink.", "Pad rows and columns on both sides.")
            .Value("conv3d_causal", Causal(Right with { Walks = (w, axis) => axis == 0 ? w : w with { Before = 0, After = 0 } })),
        new Wrong("CV08a", "partial-chunk-kept", "One latent frame too many.", "Round down: a chunk that is not full makes no frame.")
            .Value("conv3d_causal", Causal(Right with { Up = true })),
        new Wrong("CV04b", "time-stride-ignored", "As many latent frames as frames.", "Move the kernel by the stride in time.")
            .Value("conv3d_causal", Causal(Right with { Walks = (w, _) => w with { Stride = 1 } })),
        new Wrong("CV04c", "stride-in-space-too", "Frames shrink.", "Stride in time only.")
            .Value("conv3d_causal", i => Of(i, Right, Before(i), Side(i, 3) with { Stride = Whole(i, "stride") }, Side(i, 4) with { Stride = Whole(i, "stride") })),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU15g", "no-stride-answered", "A stride of zero is answered.", "Refuse a stride that is not positive.")
            .Unrefused("conv2d", i => Wrong.One("y", i["x"])),
        new Wrong("CV27c", "transposed-layout-guessed", "A weight in conv2d's layout is answered.", "Refuse a weight whose first axis is not the input's channels.")
            .Unrefused("conv_transpose2d", i => Wrong.One("y", i["x"])),
        new Wrong("CV05e", "even-kernel-answered", "A kernel without a middle shifts the frames.", "Refuse even kernels in space.")
            .Unrefused("conv3d_causal", i => Wrong.One("y", i["x"])),
    ];

    /// <summary>What goes wrong where gradients are added up.</summary>
    private static IEnumerable<Mistake> Gradients(string operation, string prefix)
    {
        Mistake Scaled(string id, string name, string symptom, string mend, string output, Func<Given, double> factor) =>
            new Wrong(id, prefix + name, symptom, mend).Answering(operation + Operation.GradientSuffix, inputs =>
                Wrong.One(output, Wrong.Map(Wrong.Right(operation + Operation.GradientSuffix, inputs)[output], v => v * factor(inputs))));

        return
        [
            Scaled("EL08a", "bias-gradient-averaged", "Biases learn more slowly the larger the map.", "Sum the cotangent over batch and positions.", "d_bias", i => (double)i["bias"].Count / i["d_y"].Count),
            Scaled("EL10k", "weight-gradient-averaged", "Weights learn more slowly the larger the batch.", "Sum over the batch: the loss has its own mean.", "d_weight", i => 1.0 / Math.Max(i["x"].Shape[0], 1)),
            Scaled("NU13c", "input-gradient-lost", "Nothing below this layer learns.", "Pass the gradient on to the input.", "d_x", _ => 0),
        ];
    }

    private static Formula Flat(Windows windows) => i =>
    {
        var walk = new Walk(Whole(i, "stride"), Whole(i, "padding"), Whole(i, "padding"), Whole(i, "dilation"));
        return Of(i, windows, walk, walk);
    };

    private static Formula Asymmetric(Windows windows) => i => Of(i, windows, new Walk(2, 0, 1, 1), new Walk(2, 0, 1, 1));

    private static Formula Causal(Windows windows) => i => Of(i, windows, Before(i), Side(i, 3), Side(i, 4));

    private static Walk Before(Grids i) => new(Whole(i, "stride"), i["weight"].Shape[2] - 1, 0, 1);

    private static Walk Side(Grids i, int axis) => new(1, i["weight"].Shape[axis] / 2, i["weight"].Shape[axis] / 2, 1);

    private static Dictionary<string, Grid> Of(Grids i, Windows windows, params Walk[] walks) =>
        new() { ["y"] = windows.Over(i["x"], i["weight"], i["bias"], walks) };

    private static int Whole(Grids i, string name) => (int)i[name][0].Value;
}

namespace LatentConformance.Compare;

/// <summary>What is compared, at which sizes, and the bar of each: the sizes are those of the field's papers and lessons.</summary>
internal static class Cases
{
    private const string Square = "B=4096 D=4096";
    private const double FarOff = 3000;

    /// <summary>By more than 3 %.</summary>
    private static readonly Bar NotSlower = Bar.Eager(0.97);

    public static readonly Case[] All =
    [
        Assign("N=6144 K=8192 D=256", 0, Bar.Fastest(1.2), Bar.AsFastAsSgemm),
        Assign("N=1020 K=8192 D=256", 0, Bar.Fastest(1.2), Bar.AsFastAsSgemm),
        Assign("N=6144 K=1024 D=64", 0, Bar.Fastest(1.5)),
        Assign("N=6144 K=512 D=64", 0, Bar.Fastest(1.5)),
        Assign("N=65536 K=1024 D=64", 0, Bar.Fastest(1.5)),
        Assign("N=1 K=8192 D=256", 0, Bar.Fastest(1.5)),
        Assign("N=6144 K=8192 D=256", FarOff, Bar.Fastest(1.2), Bar.AsFastAsSgemm),

        // Far larger than the caches: 64 MiB and more an array.
        Streaming("kl_standard", Square),
        Streaming("kl_standard.vjp", Square),
        Streaming("reparameterize", Square),
        Streaming("fsq", "N=4194304 d=4"),
        Streaming("lfq_quantize", "N=1048576 D=16", "scale=1"),
        Streaming("squared_error_sum", Square),
        Streaming("squared_error_sum.vjp", Square),
        Streaming("l1", Square),
        Streaming("bce", Square),
        Streaming("bce_logits", Square),
        Streaming("vae_loss", "B=4096 M=4096 D=256", "beta=1"),

        Plain("ema_update", "N=65536 K=1024 D=64", "decay=0.99 epsilon=1e-5", 2),
        Plain("ema_update", "N=6144 K=8192 D=256", "decay=0.99 epsilon=1e-5", 2),
        Plain("rvq_quantize", "N=6144 Q=8 K=1024 D=128", "", 2),
        Plain("gumbel_softmax", "N=4096 K=8192", "temperature=0.9", 2),

        // The lesson's encoder: 256 x 256 pictures halved three times. Its text gives the shapes; kernels of 4 halve exactly.
        Plain("conv2d", "B=4 C=3 H=256 W=256 O=64 R=4 S=4 P=128 Q=128", "stride=2 padding=1 dilation=1", 1),
        Plain("conv2d", "B=4 C=64 H=128 W=128 O=128 R=4 S=4 P=64 Q=64", "stride=2 padding=1 dilation=1", 1),
        Plain("conv2d", "B=4 C=128 H=64 W=64 O=256 R=4 S=4 P=32 Q=32", "stride=2 padding=1 dilation=1", 1),
    ];

    /// <summary>What two threads should nearly halve: arithmetic, not memory, is what these wait for.</summary>
    public static readonly Case[] ComputeBound = [All[0], .. All.Where(c => c.Name is "rvq_quantize"), All[^1]];

    /// <summary>On a device: the same beside PyTorch eager, and one whose scores would be 8 GiB.</summary>
    public static readonly Case[] OnDevice = [.. All.Append(Assign("N=262144 K=8192 D=256", 0)).Select(c => c.Under(c.Name switch
    {
        "vq_assign" => [Bar.Against("torch cdist argmin", 1), Bar.ShareOfSgemm],
        "rvq_quantize" or "conv2d" => [NotSlower, Bar.ShareOfSgemm],

        // Ours goes both ways, forward and backward; the formula of a gradient, or its backward pass alone, does less.
        _ when c.Operation.Forward is not null => [Bar.Against("torch eager forward and backward", NotSlower.Least), Bar.ShareOfCopy],
        _ => [NotSlower, Bar.ShareOfCopy],
    }))];

    private static Case Assign(string sizes, double offset, params Bar[] bars) => new("vq_assign", sizes, "", offset, bars);

    private static Case Streaming(string operation, string sizes, string numbers = "") =>
        new(operation, sizes, numbers, 0, Bar.Eager(5), Bar.SeventyPercent);

    private static Case Plain(string operation, string sizes, string numbers, double least) =>
        new(operation, sizes, numbers, 0, Bar.Eager(least));
}

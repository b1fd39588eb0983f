using System.Numerics;
using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Metrics: the range, the logarithm, the count or the average that a number does not show.</summary>
internal static class MetricsMistakes
{
    private static readonly Func<double, double> Narrow = RoundedTo(DType.Float32);

    public static IEnumerable<Mistake> All => [.. Psnr, .. Bits, .. Ratios, .. Indices, .. Rates, .. Active, .. Variance];

    private static IEnumerable<Mistake> Psnr =>
    [
        new Wrong("ME10", "maximum-for-range", "6.02 decibels too low for data in [-1, 1].", "Use the range of the data, not their largest value.", "PyLops/pylops#508")
            .Value("psnr", Decibels(i => i["data_range"][0] / 2, Mean)),
        new Wrong("ME26", "range-of-two-guessed", "6.02 decibels too high for data in [0, 1].", "Pass the range.", "jeya-maria-jose/TransWeather#3")
            .Value("psnr", Decibels(_ => 2, Mean)),
        new Wrong("ME27", "range-of-bytes", "48.13 decibels off for data in [0, 1].", "Scale the data, or pass their range.", "KupynOrest/DeblurGAN#176")
            .Value("psnr", Decibels(_ => 255, Mean)),
        new Wrong("ME27a", "range-of-one", "48.13 decibels off for bytes.", "Scale the data, or pass their range.", "csjunxu/WNNM_CVPR2014#1")
            .Value("psnr", Decibels(_ => 1, Mean)),
        new Wrong("ME13", "psnr-of-perfect-is-nan", "One perfect sample poisons the mean.", "Answer infinity, and say so.")
            .Changing("psnr", "psnr", v => double.IsInfinity(v) ? double.NaN : v),
        new Wrong("ME13a", "psnr-of-perfect-is-zero", "A perfect reconstruction looks like the worst.", "Answer infinity, and say so.")
            .Changing("psnr", "psnr", v => double.IsInfinity(v) ? 0 : v),
        new Wrong("ME10a", "psnr-range-not-squared", "Off by ten logarithms of the range.", "Square the range.")
            .Value("psnr", Decibels(i => Sqrt(i["data_range"][0]), Mean)),
        .. new Wrong("ME10b", "psnr-natural-logarithm", "2.3 times too many decibels.", "Use the logarithm to base 10.")
            .Both("psnr", Times(Decibels(i => i["data_range"][0], Mean), _ => Math.Log(10))),
        .. new Wrong("ME10c", "psnr-factor-twenty", "Twice as many decibels.", "The factor is 10 for a squared error.")
            .Both("psnr", Times(Decibels(i => i["data_range"][0], Mean), _ => 2)),
        .. new Wrong("ME10d", "psnr-negated", "Better is lower.", "Divide the range by the error, not the error by the range.")
            .Both("psnr", Times(Decibels(i => i["data_range"][0], Mean), _ => -1)),
        new Wrong("ME10e", "psnr-of-a-sum", "Larger pictures look worse.", "Take the mean over the pixels.")
            .Value("psnr", Decibels(i => i["data_range"][0], (i, b) => Mean(i, b) * i["x"].Columns)),
        .. new Wrong("EL10o", "psnr-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the mean.")
            .Both("psnr", BatchMean(Decibels(i => i["data_range"][0], Mean))),
    ];

    private static IEnumerable<Mistake> Bits =>
        from operation in new[] { ("nats_to_bits", "nats", ""), ("bits_per_dim", "nll_nats", "bpd-") }
        let right = Elements("bits", operation.Item2, (i, e) => i[operation.Item2][e] / (i.TryGetValue("dimensions", out var d) ? d[0].Value : 1))
        from mistake in new[]
        {
            new Wrong("ME05a", operation.Item3 + "nats-left-as-they-are", "Nats are reported as bits, 0.69 of them.", "Divide by log 2.").Both(operation.Item1, right),
            new Wrong("ME05b", operation.Item3 + "times-log-two", "About half of the bits.", "Divide by log 2; do not multiply.").Both(operation.Item1, Times(right, _ => Math.Log(2))),
            new Wrong("ME05c", operation.Item3 + "by-log-ten", "Decimal digits are reported as bits.", "Divide by log 2, not log 10.").Both(operation.Item1, Times(right, _ => 1 / Math.Log(10))),
            new Wrong("KL11l", operation.Item3 + "bits-negated", "A likelihood is reported for its negative.", "Turn the sign.").Both(operation.Item1, Times(right, _ => -1 / Math.Log(2))),
        }.Append(operation.Item1 == "bits_per_dim"
            ? new Wrong("ME05d", "bpd-of-the-whole", "Bits a picture are reported as bits a dimension.", "Divide by the dimensions.").Both(operation.Item1, Times(right, i => i["dimensions"][0] / Math.Log(2)))
            : [])
        from entry in mistake
        select entry;

    private static IEnumerable<Mistake> Ratios =>
    [
        .. from kind in new[] { "values", "positions", "bits" }
           let operation = "compression_" + kind
           from mistake in new[]
           {
               new Wrong("CV21", kind + "-inverted", "Compression is below one.", "Divide the input by the latent.").Changing(operation, "ratio", r => 1 / r),
               new Wrong("CV23", kind + "-first-grid-only", "The ratio of a hierarchy is too good.", "Add up all grids.").Calling(operation, i => OnlyGrid(i, _ => 0)),
               new Wrong("CV23a", kind + "-last-grid-only", "The ratio of a hierarchy is too good.", "Add up all grids.").Calling(operation, i => OnlyGrid(i, n => n - 1)),
           }
           select mistake,
        new Wrong("CV22", "image-channels-forgotten", "Three times too little for a picture in colours.", "Count the channels of the image.")
            .Calling("compression_values", i => OneChannel(i, "image")),
        new Wrong("CV22a", "latent-channels-forgotten", "The latent's channels are not counted.", "Count the channels of the latent.")
            .Calling("compression_values", i => OneChannel(i, "latents")),
        new Wrong("CV22b", "bit-depth-forgotten", "Eight times too little.", "Count the bits of a number of the image.")
            .Calling("compression_bits", i => With(i, "image_bits", new Tensor([], [1L]))),
        new Wrong("CV24", "factor-a-side", "8 where there are 64 times fewer positions.", "Square the factor a side.")
            .Changing("compression_positions", "ratio", Math.Sqrt),
        new Wrong("CV24a", "positions-with-channels", "The ratio of values is reported.", "Leave the channels out.")
            .Answering("compression_positions", i => Wrong.Right("compression_values", i)),
        new Wrong("CV19", "one-code-is-nan", "A codebook of one code makes the ratio NaN.", "Report an infinite ratio.")
            .Changing("compression_bits", "ratio", r => double.IsInfinity(r) ? double.NaN : r),
        new Wrong("CV15a", "latent-width-forgotten", "Every latent number counts as one bit.", "Count the bits of a latent number.")
            .Calling("compression_bits", i => With(i, "latent_bits", Wrong.Map(i["latent_bits"], b => Math.Min(b, 1)))),
    ];

    private static IEnumerable<Mistake> Indices =>
    [
        Counting("CV15", "codes-for-bits", "The size of the codebook is taken for the bits of an index.", "Take the logarithm to base 2.", k => k, "wesbz/SoundStream#17"),
        Counting("CV16", "bits-rounded-down", "1000 codes in 9 bits.", "Round up.", k => BitOperations.Log2((ulong)k)),
        Counting("CV17", "bit-length-of-the-size", "1024 codes in 11 bits.", "Take the bit length of K - 1.", k => BitOperations.Log2((ulong)k) + 1),
        Counting("CV18", "bits-by-float-logarithms", "2^29 codes in 30 bits.", "Count bits in whole numbers.", k => (long)Math.Ceiling(Math.Log(k) / Math.Log(2))),
        Counting("CV19a", "one-code-in-one-bit", "A codebook of one code takes a bit.", "One code says nothing.", k => k == 1 ? 1 : Right(k)),
    ];

    private static IEnumerable<Mistake> Rates =>
    [
        Rate("CV15b", "rate-of-codes", "The rate is nonsense: the size of the codebook for its bits.", "Take the logarithm to base 2.", (k, q, s, hop) => k * q * s / hop),
        Rate("CV16a", "rate-rounded-down", "1000 codes in 9 bits.", "Round up.", (k, q, s, hop) => BitOperations.Log2((ulong)k) * q * s / hop),
        Rate("CV17a", "rate-of-bit-length", "1024 codes in 11 bits.", "Take the bit length of K - 1.", (k, q, s, hop) => (BitOperations.Log2((ulong)k) + 1) * q * s / hop),
        Rate("CV18a", "rate-by-float-logarithms", "2^29 codes in 30 bits.", "Count bits in whole numbers.", (k, q, s, hop) => Math.Ceiling(Math.Log(k) / Math.Log(2)) * q * s / hop),
        Rate("CV23b", "rate-of-one-stage", "The rate does not grow with the stages.", "Multiply by the stages.", (k, _, s, hop) => Right(k) * s / hop),
        Rate("CV25a", "rate-without-hop", "A token a sample.", "Divide the sample rate by the hop.", (k, q, s, _) => Right(k) * q * s),
        Rate("CV25b", "rate-in-bytes", "An eighth of the rate.", "Bits, not bytes.", (k, q, s, hop) => Right(k) * q * s / hop / 8),
        Rate("CV25c", "whole-frames-only", "Frames that are not whole are lost.", "Do not round the frame rate.", (k, q, s, hop) => Right(k) * q * Math.Floor(s / hop)),
    ];

    private static IEnumerable<Mistake> Active =>
    [
        Units("NU07", "variance-in-one-pass", "Where the mean is large the variance is noise.", "Take the mean off before the square.", (mu, j, t) =>
        {
            double first = 0, second = 0;
            foreach (var m in Column(mu, j))
            {
                (first, second) = (Narrow(first + Narrow(m)), Narrow(second + Narrow(Narrow(m) * Narrow(m))));
            }

            return Narrow(Narrow(second / mu.Shape[0]) - Narrow(Narrow(first / mu.Shape[0]) * Narrow(first / mu.Shape[0]))) > t;
        }),
        Units("ME18a", "second-moment-for-variance", "Constant latents count as active.", "Take the mean off.", (mu, j, t) => Column(mu, j).Average(m => m * m) > t),
        Units("ME18b", "deviation-for-variance", "Latents of small variance count as active.", "Compare the variance, not its root.", (mu, j, t) => Math.Sqrt(VarianceOf(mu, j)) > t),
        Units("ME18c", "means-over-threshold", "Latents with a large mean count as active.", "Compare the variance.", (mu, j, t) => Math.Abs(Column(mu, j).Average()) > t),
        Units("ME18d", "inactive-counted", "Dead latents are reported as alive.", "Count those above the threshold.", (mu, j, t) => VarianceOf(mu, j) <= t),
        new Wrong("ME18e", "variance-over-the-latents", "Samples are counted, not latents.", "Take the variance over the data.").Answering("active_units", i =>
        {
            var mu = i["mu"];
            var turned = new Tensor([mu.Shape[1], mu.Shape[0]], [.. Enumerable.Range(0, mu.Shape[1]).SelectMany(j => Column(mu, j))]);
            return Wrong.Right("active_units", With(i, "mu", turned));
        }),
    ];

    private static IEnumerable<Mistake> Variance =>
    [
        .. new Wrong("ME17", "mean-of-ratios", "Dimensions of little variance dominate.", "Divide the sum by the sum.", "SAEBench#61")
            .Both("fvu", Fraction(i => Sum(i["x"].Columns, j => Unexplained(i, j) / Total(i, j)) / i["x"].Columns)),
        .. new Wrong("ME18", "fvu-mean-not-taken-off", "Too good where the mean is not zero.", "Take each dimension's mean off.", "SAELens#665")
            .Both("fvu", Fraction(i => Sum(i["x"].Columns, j => Unexplained(i, j)) / Sum(i["x"].Count, e => Square(i["x"][e])))),
        .. new Wrong("ME18f", "fvu-one-mean-for-all", "Too good where dimensions lie apart.", "Take each dimension's own mean off.")
            .Both("fvu", Fraction(i =>
            {
                var x = i["x"];
                var mean = Sum(x.Count, e => x[e]) / x.Count;
                return Sum(x.Columns, j => Unexplained(i, j)) / Sum(x.Count, e => Square(x[e] - mean));
            })),
        .. new Wrong("ME17a", "explained-for-unexplained", "Better is higher.", "Do not take it from one.")
            .Both("fvu", Fraction(i => 1 - (Sum(i["x"].Columns, j => Unexplained(i, j)) / Sum(i["x"].Columns, j => Total(i, j))))),
        .. new Wrong("ME17b", "fvu-of-mean-error-and-total", "The fraction shrinks with the number of samples.", "Divide like by like.")
            .Both("fvu", Fraction(i => Sum(i["x"].Columns, j => Unexplained(i, j)) / i["x"].Rows / Sum(i["x"].Columns, j => Total(i, j)))),
    ];

    private static Formula Decibels(Func<Grids, Traced> range, Func<Grids, int, Traced> error) => Gives("psnr", i =>
        i["x"].PerRow(b => 10 / Math.Log(10) * ((2 * Log(range(i))) - Log(error(i, b)))));

    private static Traced Mean(Grids inputs, int sample) =>
        Sum(inputs["x"].Columns, j => Square(inputs["x"][sample, j] - inputs["x_hat"][sample, j])) / inputs["x"].Columns;

    private static Formula Fraction(Func<Grids, Traced> value) => Gives("fvu", i => Grid.Each([], _ => value(i)));

    private static Traced Unexplained(Grids inputs, int column) => Sum(inputs["x"].Rows, b => Square(inputs["x"][b, column] - inputs["x_hat"][b, column]));

    private static Traced Total(Grids inputs, int column)
    {
        var x = inputs["x"];
        var mean = Sum(x.Rows, b => x[b, column]) / x.Rows;
        return Sum(x.Rows, b => Square(x[b, column] - mean));
    }

    private static long Right(double codes) => codes <= 1 ? 0 : BitOperations.Log2((ulong)codes - 1) + 1;

    private static Mistake Counting(string id, string name, string symptom, string mend, Func<long, long> bits, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering("index_bits", i =>
            Wrong.One("bits", new Tensor([i["codebook_size"].Count], [.. i["codebook_size"].Int64.ToArray().Select(bits)])));

    private static Mistake Rate(string id, string name, string symptom, string mend, Func<double, double, double, double, double> rate) =>
        new Wrong(id, name, symptom, mend).Answering("rvq_bit_rate", i =>
            Wrong.One("bits_per_second", Tensor.Scalar(rate(i["codebook_size"][0], i["stages"][0], i["sample_rate"][0], i["hop"][0]))));

    private static Mistake Units(string id, string name, string symptom, string mend, Func<Tensor, int, double, bool> isActive) =>
        new Wrong(id, name, symptom, mend).Answering("active_units", i => Wrong.One("count", new Tensor(
            [], [(long)Enumerable.Range(0, i["mu"].Shape[1]).Count(j => isActive(i["mu"], j, i["threshold"][0]))])));

    private static double[] Column(Tensor mu, int column) => [.. Enumerable.Range(0, mu.Shape[0]).Select(i => mu[i, column])];

    private static double VarianceOf(Tensor mu, int column)
    {
        var values = Column(mu, column);
        return values.Average(v => Math.Pow(v - values.Average(), 2));
    }

    private static Dictionary<string, Tensor> OneChannel(Dictionary<string, Tensor> inputs, string name)
    {
        var axes = inputs["image"].Count;
        long[] sizes = [.. inputs[name].Int64.ToArray().Select((size, e) => e % axes == 0 ? 1 : size)];
        return With(inputs, name, new Tensor(inputs[name].Shape.ToArray(), sizes));
    }

    private static Dictionary<string, Tensor> OnlyGrid(Dictionary<string, Tensor> inputs, Func<int, int> grid)
    {
        var latents = inputs["latents"];
        var (axes, chosen) = (latents.Shape[1], grid(latents.Shape[0]));
        var one = With(inputs, "latents", new Tensor([1, axes], latents.Int64.ToArray()[(chosen * axes)..((chosen + 1) * axes)]));
        return inputs.TryGetValue("latent_bits", out var bits) ? With(one, "latent_bits", new Tensor([1], [bits.Int64[chosen]])) : one;
    }

    private static Dictionary<string, Tensor> With(Given inputs, string name, Tensor tensor) => new(inputs) { [name] = tensor };
}

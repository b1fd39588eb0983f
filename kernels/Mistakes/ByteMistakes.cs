using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Errors of bytes that wrap round, and rates that weigh a cost by its own probability.</summary>
internal static class ByteMistakes
{
    public static IEnumerable<Mistake> All => [.. Bytes, .. Rates];

    private static IEnumerable<Mistake> Bytes =>
    [
        Error("ME23", "byte-difference-wraps", "The error is far too large wherever the reconstruction is brighter.", "Subtract as signed numbers.", (x, y) => Square(unchecked((byte)(x - y)))),
        Error("ME23a", "byte-square-wraps", "Large errors look small.", "Square in more than 8 bits.", (x, y) => unchecked((byte)((x - y) * (x - y)))),
        Error("ME23b", "byte-difference-saturates", "What is brighter counts as perfect.", "Subtract as signed numbers.", (x, y) => Square(Math.Max(x - y, 0))),
        Error("ME23c", "signed-byte-difference-wraps", "Differences above 127 change their sign and size.", "A difference of bytes needs 9 bits.", (x, y) => Square(unchecked((sbyte)(x - y)))),
        Error("ME23d", "short-square-wraps", "Squares above 32767 are negative.", "Square in 32 bits.", (x, y) => unchecked((short)((x - y) * (x - y)))),
        Error("ME23e", "byte-absolute-error", "Large errors count too little.", "Square the difference.", (x, y) => Math.Abs(x - y)),
        Mean("ME23f", "byte-error-summed", "Larger pictures look worse.", "Divide by the number of pixels.", (sum, _) => sum),
        Mean("ME23g", "byte-error-by-whole-division", "Errors below 1 vanish.", "Divide as floats.", (sum, n) => Math.Floor(sum / n)),
        Mean("ME23h", "byte-error-of-the-unit-interval", "The error is that of data in [0, 1].", "Do not divide the bytes by 255.", (sum, n) => sum / n / Square(255)),
        Mean("ME23i", "byte-error-rooted", "The root is reported for the square.", "Do not take the root.", (sum, n) => Math.Sqrt(sum / n)),
        Mean("ME23j", "byte-sum-wraps", "Many or large errors look small.", "Add up in more than 16 bits.", (sum, n) => unchecked((ushort)(long)sum) / (double)n),
        new Wrong("EL10v", "byte-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the mean.")
            .Answering("mse_bytes", i =>
            {
                var each = Wrong.Right("mse_bytes", i)["mse"];
                return Wrong.One("mse", Wrong.Map(each, _ => each.ToDoubles().Average()));
            }),
        new Wrong("ME23k", "values-above-bytes-answered", "What is no byte is cut to one.", "Refuse values that are not 0 to 255.")
            .Unrefused("mse_bytes", i => Wrong.One("mse", new Tensor([i["x"].Shape[0]], new double[i["x"].Shape[0]]))),
    ];

    private static IEnumerable<Mistake> Rates =>
    [
        .. new Wrong("CV20", "cost-weighed-by-probability", "Far too few bits a pixel.", "Add up -log2 p: the symbols that came are the weights.", "InterDigitalInc/CompressAI#101")
            .Both("bits_per_pixel", Rate(p => -(p * Log(p)) / Math.Log(2))),
        .. new Wrong("CV20a", "nats-per-pixel", "Nats are reported as bits, 0.69 of them.", "Divide by log 2.")
            .Both("bits_per_pixel", Rate(p => -Log(p))),
        .. new Wrong("CV20b", "rate-negated", "The rate is negative.", "Turn the sign.")
            .Both("bits_per_pixel", Rate(p => Log(p) / Math.Log(2))),
        .. new Wrong("CV20c", "bits-per-symbol", "The rate hangs on the latent's size, not on the picture's.", "Divide by the pixels, not by the symbols.")
            .Both("bits_per_pixel", Times(Rate(Bits), i => i["pixels"][0].Value / i["probabilities"].Columns)),
        .. new Wrong("CV20d", "bits-of-the-whole", "The bits of the picture are reported.", "Divide by the pixels.")
            .Both("bits_per_pixel", Times(Rate(Bits), i => i["pixels"][0].Value)),
        .. new Wrong("CV20e", "decimal-digits-per-pixel", "Decimal digits are reported as bits.", "Use the logarithm to base 2.")
            .Both("bits_per_pixel", Rate(p => -Log(p) / Math.Log(10))),
        new Wrong("CV20f", "logarithm-of-the-product", "The rate of a whole picture is infinite.", "Add up logarithms; do not multiply probabilities.")
            .Value("bits_per_pixel", Gives("bits", i => i["probabilities"].PerRow(b =>
                -Math.Log2(Enumerable.Range(0, i["probabilities"].Columns).Aggregate(1.0, (product, n) => product * i["probabilities"][b, n].Value)) / i["pixels"][0]))),
        new Wrong("CV20g", "whole-bits-a-symbol", "The rate is that of a Huffman code.", "An ideal coder spends fractions of a bit.")
            .Value("bits_per_pixel", Rate(p => Math.Ceiling(-Math.Log2(p.Value)))),
        .. new Wrong("CV20h", "rate-with-a-floor", "Certain symbols gain bits.", "Take the logarithm of the probability itself.")
            .Both("bits_per_pixel", Rate(p => -Log(p + 1e-3) / Math.Log(2))),
        .. new Wrong("EL10w", "rate-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("bits_per_pixel", BatchMean(Rate(Bits))),
        new Wrong("NU15v", "impossible-symbol-answered", "A symbol of no probability makes the rate infinite in silence.", "Refuse probabilities that are not above 0 and at most 1.")
            .Unrefused("bits_per_pixel", i => Wrong.One("bits", new Tensor([i["probabilities"].Shape[0]], [.. Enumerable.Repeat(double.PositiveInfinity, i["probabilities"].Shape[0])]))),
    ];

    private static Traced Bits(Traced p) => -Log(p) / Math.Log(2);

    private static Formula Rate(Func<Traced, Traced> cost) => Gives("bits", i => i["probabilities"].PerRow(b =>
        Sum(i["probabilities"].Columns, n => cost(i["probabilities"][b, n])) / i["pixels"][0].Value));

    private static Mistake Error(string id, string name, string symptom, string mend, Func<int, int, double> term) =>
        new Wrong(id, name, symptom, mend).Answering("mse_bytes", i => Reported(i, term, (sum, n) => sum / n));

    private static Mistake Mean(string id, string name, string symptom, string mend, Func<double, int, double> mean) =>
        new Wrong(id, name, symptom, mend).Answering("mse_bytes", i => Reported(i, (x, y) => Square(x - y), mean));

    private static Dictionary<string, Tensor> Reported(Given i, Func<int, int, double> term, Func<double, int, double> mean)
    {
        var (x, y) = (i["x"], i["x_hat"]);
        var columns = x.Shape[1];
        return Wrong.One("mse", new Tensor([x.Shape[0]], [.. Enumerable.Range(0, x.Shape[0]).Select(b => mean(
            Enumerable.Range(b * columns, columns).Sum(e => term((int)x.Int64[e], (int)y.Int64[e])), columns))]));
    }

    private static double Square(double value) => value * value;
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;

namespace LatentConformance.Mistakes;

/// <summary>Masking noise taken for dropout, left on in evaluation, or laid over the wrong values.</summary>
internal static class MaskingMistakes
{
    /// <summary>Where a value stays, by its uniform and the rate.</summary>
    private delegate bool Stays(double uniform, double rate);

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("SA20", "survivors-scaled-up", "The input's brightness changes, as after a dropout.", "Leave what is not masked as it is.", "theanets#123")
            .Both("masking_noise", Masked(NotBelow, p => 1 / (1 - p))),
        .. new Wrong("SA20", "survivors-over-the-rate", "The input's brightness changes.", "Leave what is not masked as it is.", "Lasagne#10")
            .Both("masking_noise", Masked(NotBelow, p => 1 / p)),
        .. new Wrong("SA20a", "survivors-scaled-down", "The input darkens as the rate grows.", "Leave what is not masked as it is.")
            .Both("masking_noise", Masked(NotBelow, p => 1 - p)),
        .. new Wrong("SA20b", "masked-kept", "A rate of 0.1 masks nine inputs of ten.", "Mask where the uniform is below the rate.")
            .Both("masking_noise", Masked((u, p) => u < p, _ => 1)),
        .. new Wrong("SA20c", "masked-at-the-rate", "A uniform at the rate is masked.", "Below the rate, not at it.")
            .Both("masking_noise", Masked((u, p) => u > p, _ => 1)),
        .. new Wrong("SA20d", "one-uniform-for-a-sample", "Samples vanish as a whole or not at all.", "Draw for each dimension.")
            .Both("masking_noise", In((i, e) => NotBelow(i["uniforms"][e / i["x"].Columns * i["x"].Columns].Value, Rate(i)) ? i["x"][e] : 0, IsTraining)),
        .. new Wrong("SA20e", "one-mask-for-the-batch", "All samples lose the same dimensions.", "Draw for each sample.")
            .Both("masking_noise", In((i, e) => NotBelow(i["uniforms"][e % i["x"].Columns].Value, Rate(i)) ? i["x"][e] : 0, IsTraining)),
        .. new Wrong("SA27", "noise-in-evaluation", "Metrics change from one evaluation to the next.", "Corrupt in training only.")
            .Both("masking_noise", In(Right, _ => true)),
        .. new Wrong("SA27a", "no-noise-in-training", "A plain autoencoder is trained.", "Corrupt in training.")
            .Both("masking_noise", In(Right, _ => false)),
        .. new Wrong("SA27b", "training-flag-inverted", "A plain autoencoder is trained, and its metrics change.", "Corrupt where training is 1.")
            .Both("masking_noise", In(Right, i => !IsTraining(i))),
        .. new Wrong("SA27c", "evaluation-scaled-down", "The input darkens in evaluation, as for a dropout.", "In evaluation x stays as it is.")
            .Both("masking_noise", Elements("y", "x", (i, e) => IsTraining(i) ? Right(i, e) : i["x"][e] * (1 - Rate(i)))),
        new Wrong("NU15z", "masking-rate-unchecked", "A rate in percent masks everything.", "Refuse a rate that is not between 0 and 1.")
            .Unrefused("masking_noise", i => Wrong.One("y", Wrong.Map(i["x"], _ => 0))),
    ];

    private static Formula Masked(Stays stays, Func<double, double> factor) =>
        In((i, e) => stays(i["uniforms"][e].Value, Rate(i)) ? i["x"][e] * factor(Rate(i)) : 0, IsTraining);

    private static Formula In(Func<Grids, int, Traced> corrupted, Func<Grids, bool> isCorrupting) =>
        Elements("y", "x", (i, e) => isCorrupting(i) ? corrupted(i, e) : i["x"][e]);

    private static Traced Right(Grids i, int e) => NotBelow(i["uniforms"][e].Value, Rate(i)) ? i["x"][e] : 0;

    private static bool NotBelow(double uniform, double rate) => uniform >= rate;

    private static double Rate(Grids i) => i["rate"][0].Value;

    private static bool IsTraining(Grids i) => i["training"][0].Value == 1;
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>JumpReLU and its L0: where the step is, and what its threshold is told.</summary>
internal static class JumpReluMistakes
{
    /// <summary>The pseudo-derivative of an element by its threshold, from pre, threshold and bandwidth.</summary>
    private delegate double Slope(double pre, double threshold, double bandwidth);

    public static IEnumerable<Mistake> All => [.. Jump, .. Counted, .. Refusals];

    private static IEnumerable<Mistake> Jump =>
    [
        new Wrong("SA15", "slope-by-threshold-for-its-logarithm", "Small thresholds move too fast and large ones too slowly.", "Multiply by the threshold: dL/dlog t = t dL/dt.", "bartbussmann/BatchTopK#2")
            .Gradient("jump_relu", Jumped(JumpSlope, log => log)),
        new Wrong("SA15a", "threshold-not-learnt", "Thresholds stay where they were initialised.", "Give the step its pseudo-derivative.")
            .Gradient("jump_relu", Jumped((_, _, _) => 0, Exp)),
        new Wrong("SA15b", "threshold-slope-negated", "Thresholds flee.", "A higher threshold lets less through: the slope is negative.")
            .Gradient("jump_relu", Jumped((z, t, e) => -JumpSlope(z, t, e), Exp)),
        new Wrong("SA15c", "bandwidth-not-divided-by", "Thresholds move too little, the less the narrower the rectangle.", "Divide the rectangle by its width.")
            .Gradient("jump_relu", Jumped((z, t, e) => e * JumpSlope(z, t, e), Exp)),
        new Wrong("SA15d", "rectangle-of-twice-the-width", "Values too far away pull at the threshold.", "The rectangle reaches half a bandwidth to either side.")
            .Gradient("jump_relu", Jumped((z, t, e) => 2 * JumpSlope(z, t, 2 * e), Exp)),
        new Wrong("SA15e", "rectangle-on-one-side", "Values just below the threshold do not pull at it.", "Take the rectangle of the pre-activation, active or not.")
            .Gradient("jump_relu", Jumped((z, t, e) => z > t ? JumpSlope(z, t, e) : 0, Exp)),
        new Wrong("SA15f", "threshold-slope-averaged", "Thresholds move too little, the less the larger the batch.", "Sum over the samples.")
            .Gradient("jump_relu", i => Jumped((z, t, e) => JumpSlope(z, t, e) / i["pre"].Rows, Exp)(i)),
        new Wrong("SA15g", "jump-gradient-unmasked", "Features that are off are trained.", "Let the gradient pass where the feature is on.")
            .Gradient("jump_relu", Elements("h", "pre", (i, e) => i["pre"][e] + Smeared(i, e, JumpSlope, Exp))),
        .. new Wrong("SA15h", "soft-threshold", "Activations shrink by the threshold.", "Pass the value itself: z, not z - t.")
            .Both("jump_relu", Elements("h", "pre", (i, e) => Clamp(i["pre"][e] - Exp(Log(i, e)), 0, double.PositiveInfinity))),
        .. new Wrong("SA15i", "logarithm-for-threshold", "Features below their threshold are on.", "The threshold is the exponential of the parameter.")
            .Both("jump_relu", Elements("h", "pre", (i, e) => i["pre"][e].Value > Log(i, e).Value ? i["pre"][e] : 0)),
        .. new Wrong("SA15j", "threshold-by-magnitude", "Large negative values are on.", "Compare the value, not its magnitude.")
            .Both("jump_relu", Elements("h", "pre", (i, e) => (Math.Abs(i["pre"][e].Value) > Exp(Log(i, e)).Value ? i["pre"][e] : 0) + Smeared(i, e, JumpSlope, Exp))),
        .. new Wrong("SA15k", "threshold-included", "A value at its threshold is on.", "Above the threshold, not at it.")
            .Both("jump_relu", Elements("h", "pre", (i, e) => (i["pre"][e].Value >= Exp(Log(i, e)).Value ? i["pre"][e] : 0) + Smeared(i, e, JumpSlope, Exp))),
        .. new Wrong("SA15l", "threshold-of-zero", "A plain rectifier.", "Compare with the threshold.")
            .Both("jump_relu", Elements("h", "pre", (i, e) => Clamp(i["pre"][e], 0, double.PositiveInfinity))),
    ];

    private static IEnumerable<Mistake> Counted =>
    [
        new Wrong("SA32", "threshold-applied-twice", "Values just below the threshold do not pull at it, and the count looks right.", "Count pre-activations, not what jump_relu left.", "saprmarks/dictionary_learning#55")
            .Gradient("l0_sparsity", Count((z, t, e) => CountSlope(z > t ? z : 0, t, e), Exp)),
        new Wrong("SA15", "count-slope-by-threshold-for-its-logarithm", "Small thresholds move too fast and large ones too slowly.", "Multiply by the threshold: dL/dlog t = t dL/dt.", "bartbussmann/BatchTopK#2")
            .Gradient("l0_sparsity", Count(CountSlope, log => log)),
        new Wrong("SA32a", "count-not-learnt", "The penalty is shown and changes nothing.", "Give the step its pseudo-derivative.")
            .Gradient("l0_sparsity", Count((_, _, _) => 0, Exp)),
        new Wrong("SA32b", "count-slope-negated", "The penalty makes features more active.", "A higher threshold counts fewer: the slope is negative.")
            .Gradient("l0_sparsity", Count((z, t, e) => -CountSlope(z, t, e), Exp)),
        new Wrong("SA32c", "count-bandwidth-not-divided-by", "Thresholds move too little, the less the narrower the rectangle.", "Divide the rectangle by its width.")
            .Gradient("l0_sparsity", Count((z, t, e) => e * CountSlope(z, t, e), Exp)),
        new Wrong("SA32d", "count-rectangle-of-twice-the-width", "Values too far away pull at the threshold.", "The rectangle reaches half a bandwidth to either side.")
            .Gradient("l0_sparsity", Count((z, t, e) => 2 * CountSlope(z, t, 2 * e), Exp)),
        new Wrong("SA32e", "count-slope-of-the-value", "Thresholds are moved as if a feature weighed as much as it is active.", "A step of the count is worth 1.")
            .Gradient("l0_sparsity", Count(JumpSlope, Exp)),
        new Wrong("SA32f", "count-pulls-at-the-encoder", "Pre-activations are pushed down, as no step does.", "The step has a slope to its threshold only.")
            .Gradient("l0_sparsity", PerSampleOf((i, e) => Smeared(i, e, CountSlope, Exp) - (SlopeAt(i, e, CountSlope) * i["pre"][e]))),
        new Wrong("SA32g", "positive-counted", "Features below their threshold are counted.", "Compare with the threshold, not with 0.")
            .Value("l0_sparsity", PerSampleOf((i, e) => i["pre"][e].Value > 0 ? 1 : 0)),
        new Wrong("SA32h", "count-against-the-logarithm", "Features below their threshold are counted.", "The threshold is the exponential of the parameter.")
            .Value("l0_sparsity", PerSampleOf((i, e) => i["pre"][e].Value > Log(i, e).Value ? 1 : 0)),
        new Wrong("SA32i", "threshold-counted", "A value at its threshold is counted.", "Above the threshold, not at it.")
            .Value("l0_sparsity", PerSampleOf((i, e) => i["pre"][e].Value >= Exp(Log(i, e)).Value ? 1 : 0)),
        new Wrong("SA32j", "magnitudes-added-up", "An L1 is reported for an L0.", "Count; do not add up.")
            .Value("l0_sparsity", PerSampleOf((i, e) => i["pre"][e].Value > Exp(Log(i, e)).Value ? i["pre"][e] : 0)),
        .. new Wrong("SA32k", "count-as-a-share", "The pull weakens as the dictionary grows.", "Count; do not divide by the features.")
            .Both("l0_sparsity", Times(Count(CountSlope, Exp), i => 1.0 / i["pre"].Columns)),
        .. new Wrong("EL10t", "count-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the count.")
            .Both("l0_sparsity", BatchMean(Count(CountSlope, Exp))),
    ];

    private static IEnumerable<Mistake> Refusals =>
        from operation in new[] { ("jump_relu", "h", "jump"), ("l0_sparsity", "penalty", "count") }
        select new Wrong("NU15w", operation.Item3 + "-bandwidth-unchecked", "A rectangle of no width divides by zero.", "Refuse a bandwidth that is not positive.")
            .Unrefused(operation.Item1, i => operation.Item2 == "h"
                ? Wrong.One("h", i["pre"])
                : Wrong.One("penalty", new Tensor([i["pre"].Shape[0]], new double[i["pre"].Shape[0]])));

    private static double CountSlope(double pre, double threshold, double bandwidth) =>
        Math.Abs(pre - threshold) < bandwidth / 2 ? -1 / bandwidth : 0;

    private static double JumpSlope(double pre, double threshold, double bandwidth) => threshold * CountSlope(pre, threshold, bandwidth);

    private static Formula Jumped(Slope slope, Func<Traced, Traced> parameter) => Elements("h", "pre", (i, e) =>
        (IsOn(i, e) ? i["pre"][e] : 0) + Smeared(i, e, slope, parameter));

    private static Formula Count(Slope slope, Func<Traced, Traced> parameter) => PerSampleOf((i, e) => (IsOn(i, e) ? 1 : 0) + Smeared(i, e, slope, parameter));

    private static Formula PerSampleOf(Func<Grids, int, Traced> term) => Gives("penalty", i =>
        i["pre"].PerRow(b => Sum(i["pre"].Columns, j => term(i, (b * i["pre"].Columns) + j))));

    private static Traced Log(Grids i, int element) => i["log_threshold"][element % i["pre"].Columns];

    private static bool IsOn(Grids i, int element) => i["pre"][element].Value > Exp(Log(i, element)).Value;

    private static double SlopeAt(Grids i, int element, Slope slope) =>
        slope(i["pre"][element].Value, Exp(Log(i, element)).Value, i["bandwidth"][0].Value);

    /// <summary>Nothing in value; in gradient the slope, to whatever is taken for the threshold.</summary>
    private static Traced Smeared(Grids i, int element, Slope slope, Func<Traced, Traced> parameter)
    {
        var threshold = parameter(Log(i, element));
        return SlopeAt(i, element, slope) * (threshold - threshold.Detached);
    }
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Binary cross-entropy, of probabilities and of logits.</summary>
internal static class BceMistakes
{
    private const double Epsilon = 1e-8;

    public static IEnumerable<Mistake> All => [.. OfProbabilities, .. OfLogits];

    public static Traced RightTerm(Traced x, Traced p) => -((x * Log(p + Epsilon)) + ((1 - x) * Log(1 - p + Epsilon)));

    private static IEnumerable<Mistake> OfProbabilities =>
    [
        .. new Wrong("EL01", "target-for-prediction", "Infinite or NaN for binary targets.", "Take the logarithm of the prediction, not of the target.", "autonomousvision/sledge#4")
            .Both("bce", Of((x, p) => -((p * Log(x)) + ((1 - p) * Log(1 - x))))),
        .. new Wrong("EL03a", "sigmoid-of-probabilities", "The loss has a floor: predictions never leave (0.5, 0.73).", "The input is a probability already: no second sigmoid.", "AdeelH/pytorch-multi-class-focal-loss#5")
            .Both("bce", Of((x, p) => RightTerm(x, Sigmoid(p)))),
        .. new Wrong("SA03", "positive-half-only", "Zeros predicted as ones cost nothing.", "Add (1 - x) log(1 - x_hat).", "ageron/handson-ml2#561")
            .Both("bce", Of((x, p) => -(x * Log(p + Epsilon)))),
        .. new Wrong("KL11d", "likelihood-for-loss", "Values are negative, and training runs away.", "Turn the sign: the loss is minus the log-likelihood.")
            .Both("bce", Of((x, p) => -RightTerm(x, p))),
        .. new Wrong("EL07d", "bce-mean-over-pixels", "The KL outweighs the reconstruction by the number of pixels.", "Sum over the pixels.", "AntixK/PyTorch-VAE#11")
            .Both("bce", Of(RightTerm, mean: true)),
        .. new Wrong("CV22a", "bits-for-nats", "Every value is 1.44 times what it is.", "Use the natural logarithm.")
            .Both("bce", Of((x, p) => RightTerm(x, p) / Math.Log(2))),
        .. new Wrong("NU03", "logarithm-unguarded", "Infinite or NaN where a prediction is exactly 0 or 1.", "Add 1e-8 inside both logarithms.")
            .Both("bce", Of((x, p) => -((x * Log(p)) + ((1 - x) * Log(1 - p))))),
        .. new Wrong("NU03a", "logarithm-clamped", "A saturated prediction costs 100 nats, and has no gradient.", "Add 1e-8 inside the logarithm instead of clamping it: the documents have it so.")
            .Both("bce", Of((x, p) => -((x * Clamp(Log(p), -100, 0)) + ((1 - x) * Clamp(Log(1 - p), -100, 0))))),
        .. new Wrong("NU03b", "epsilon-too-large", "A saturated prediction costs 14 nats instead of 18.", "Use 1e-8.")
            .Both("bce", Of((x, p) => -((x * Log(p + 1e-6)) + ((1 - x) * Log(1 - p + 1e-6))))),
        .. new Wrong("NU03c", "epsilon-once", "A zero predicted as exactly one is infinite.", "Guard both logarithms.")
            .Both("bce", Of((x, p) => -((x * Log(p + Epsilon)) + ((1 - x) * Log(1 - p))))),
        .. new Wrong("EL10f", "bce-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("bce", BatchMean(Of(RightTerm))),
        new Wrong("EL24c", "bce-over-the-batch-axis", "One value a pixel instead of one a sample.", "Sum over the last axis, not the first.", "asyml/texar-pytorch#251")
            .Value("bce", SumsOverTheBatch("loss", "x", "x_hat", RightTerm)),
        new Wrong("EL08h", "square-for-cross-entropy", "The slope is 2 (x_hat - x): saturated mistakes learn slowly.", "Divide by x_hat (1 - x_hat).")
            .Gradient("bce", Of((x, p) => Square(p - x))),
    ];

    private static IEnumerable<Mistake> OfLogits =>
    [
        .. new Wrong("EL03", "sigmoid-twice", "The loss has a floor near one half.", "Pass the logits themselves.", "AdeelH/pytorch-multi-class-focal-loss#5")
            .Both("bce_logits", OfLogit((x, l) => Stable(x, Sigmoid(l)))),
        .. new Wrong("EL04", "logits-for-probabilities", "NaN for logits outside (0, 1).", "Put the sigmoid before the cross-entropy, or use the form that takes logits.")
            .Both("bce_logits", OfLogit((x, l) => -((x * Log(l)) + ((1 - x) * Log(1 - l))))),
        new Wrong("NU02", "exponential-overflows", "Infinite for large logits.", "Use max(l, 0) - l x + log1p(e^-|l|).")
            .Value("bce_logits", OfLogit((x, l) => Log(1 + Exp(l)) - (l * x))),
        .. new Wrong("NU02a", "logarithm-of-sigmoid", "Infinite for large logits of either sign.", "Use max(l, 0) - l x + log1p(e^-|l|).")
            .Both("bce_logits", OfLogit((x, l) => -((x * Log(Sigmoid(l))) + ((1 - x) * Log(1 - Sigmoid(l)))))),
        .. new Wrong("NU02b", "sigmoid-then-epsilon", "Large logits cost at most 18 nats.", "Use the form that takes logits: the epsilon hides the loss.")
            .Both("bce_logits", OfLogit((x, l) => RightTerm(x, Sigmoid(l)))),
        .. new Wrong("NU02c", "absolute-value-missing-in-exponent", "Right for positive logits, infinite for large negative ones.", "Take e^-|l|, with the absolute value.")
            .Both("bce_logits", OfLogit((x, l) => Positive(l) - (l * x) + Log1P(Exp(-l)))),
        .. new Wrong("EL01a", "target-inverted", "The model learns the negative.", "Subtract l x, not l (1 - x).")
            .Both("bce_logits", OfLogit((x, l) => Stable(1 - x, l))),
        .. new Wrong("EL07e", "logits-mean-over-pixels", "The KL outweighs the reconstruction by the number of pixels.", "Sum over the pixels.")
            .Both("bce_logits", OfLogit(Stable, mean: true)),
        .. new Wrong("KL11e", "logits-likelihood-for-loss", "Values are negative, and training runs away.", "Turn the sign.")
            .Both("bce_logits", OfLogit((x, l) => -Stable(x, l))),
        .. new Wrong("EL10g", "logits-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("bce_logits", BatchMean(OfLogit(Stable))),
        new Wrong("NU04", "sigmoid-overflows", "NaN in the gradient for large logits.", "Take the exponential of -|l| only.")
            .Gradient("bce_logits", OfLogit((x, l) => l * ((Math.Exp(l.Value) / (1 + Math.Exp(l.Value))) - x.Value))),
        new Wrong("EL31g", "slope-times-sigmoid-slope", "Saturated mistakes learn slowly.", "The slope by the logit is sigmoid(l) - x; the sigmoid's own slope has cancelled.")
            .Gradient("bce_logits", OfLogit((x, l) => 0.5 * Square(Sigmoid(l) - x))),
    ];

    private static Traced Stable(Traced x, Traced l) => Positive(l) - (l * x) + Log1P(Exp(-Abs(l)));

    private static Traced Positive(Traced l) => l.Value > 0 ? l : 0;

    private static Formula Of(Func<Traced, Traced, Traced> term, bool mean = false) => Over("x_hat", term, mean);

    private static Formula OfLogit(Func<Traced, Traced, Traced> term, bool mean = false) => Over("logits", term, mean);

    private static Formula Over(string prediction, Func<Traced, Traced, Traced> term, bool mean) =>
        PerSample("loss", "x", prediction, (x, p, b) => Sum(x.Columns, j => term(x[b, j], p[b, j])) / (mean ? x.Columns : 1));
}

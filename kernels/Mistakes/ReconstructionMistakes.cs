using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Squared and absolute errors: sums for means, wrong powers, wrong signs, leaking batches.</summary>
internal static class ReconstructionMistakes
{
    public static IEnumerable<Mistake> All => [.. SquaredErrors, .. SquaredErrorMeans, .. AbsoluteErrors];

    private static IEnumerable<Mistake> SquaredErrors =>
    [
        .. new Wrong("EL07", "mean-over-pixels", "The KL outweighs the reconstruction by the number of pixels.", "Sum over the pixels.", "orybkin/sigma-vae-pytorch#12")
            .Both("squared_error_sum", Of(SquaredTerm, mean: true)),
        .. new Wrong("EL31", "half-squared-error", "Every value, and the learning rate, is half of what it is.", "Leave out the 1/2: it belongs to the Gaussian, not to the squared error.")
            .Both("squared_error_sum", Of((x, y) => 0.5 * Square(x - y))),
        .. new Wrong("EL08a", "absolute-for-squared", "Large errors cost too little.", "Square the difference.")
            .Both("squared_error_sum", Of((x, y) => Abs(x - y))),
        .. new Wrong("EL08b", "norm-for-squared-norm", "Every value is a root; the gradient has constant length.", "Do not take the root.")
            .Both("squared_error_sum", PerSample("loss", "x", "x_hat", (x, y, b) => Sqrt(Sum(x.Columns, j => SquaredTerm(x[b, j], y[b, j]))))),
        .. new Wrong("EL08c", "errors-summed-then-squared", "Errors of opposite sign cancel.", "Square each difference before the sum.")
            .Both("squared_error_sum", PerSample("loss", "x", "x_hat", (x, y, b) => Square(Sum(x.Columns, j => x[b, j] - y[b, j])))),
        .. new Wrong("KL11c", "error-negated", "Bad reconstructions are rewarded.", "Turn the sign: an error is a loss, not a likelihood.")
            .Both("squared_error_sum", Of((x, y) => -Square(x - y))),
        .. new Wrong("EL10c", "error-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("squared_error_sum", BatchMean(Of(SquaredTerm))),
        new Wrong("EL24a", "error-over-the-batch-axis", "One value a pixel instead of one a sample.", "Sum over the last axis, not the first.", "asyml/texar-pytorch#251")
            .Value("squared_error_sum", SumsOverTheBatch("loss", "x", "x_hat", SquaredTerm)),
        new Wrong("NU11", "nan-swallowed", "A model that has diverged reports a finite loss.", "Let NaN through: do not replace it, and do not compare with it.")
            .Value("squared_error_sum", Of((x, y) => double.IsNaN(x.Value + y.Value) ? 0 : SquaredTerm(x, y))),
        new Wrong("NU06a", "error-summed-in-half", "The sum stops growing with the image.", "Accumulate in float32 or wider.")
            .Value("squared_error_sum", PerSample("loss", "x", "x_hat", (x, y, b) => Enumerable.Range(0, x.Columns)
                .Aggregate(0.0, (sum, j) => RoundedTo(Contract.DType.Float16)(sum + SquaredTerm(x[b, j], y[b, j]).Value)))),
    ];

    private static IEnumerable<Mistake> SquaredErrorMeans =>
    [
        .. new Wrong("EL07a", "sum-over-pixels", "The value grows with the image.", "Divide by the number of pixels.")
            .Both("squared_error_mean", Of(SquaredTerm)),
        .. new Wrong("EL31c", "divided-by-the-batch-too", "The learning rate depends on the batch size.", "Divide by the pixels of a sample, not by those of the batch.")
            .Both("squared_error_mean", Changed(Of(SquaredTerm, mean: true), g => g.Like(i => g[i] / g.Count))),
        .. new Wrong("EL08d", "root-mean-square", "Every value is a root.", "Do not take the root.")
            .Both("squared_error_mean", Changed(Of(SquaredTerm, mean: true), g => g.Like(i => Sqrt(g[i])))),
        .. new Wrong("EL08e", "mean-absolute-error", "Large errors cost too little.", "Square the difference.")
            .Both("squared_error_mean", Of((x, y) => Abs(x - y), mean: true)),
        .. new Wrong("EL31d", "half-mean-squared-error", "Every value is half of what it is.", "Leave out the 1/2.")
            .Both("squared_error_mean", Of((x, y) => 0.5 * SquaredTerm(x, y), mean: true)),
        .. new Wrong("EL10d", "mean-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the mean.", "keras-team/keras#4538")
            .Both("squared_error_mean", BatchMean(Of(SquaredTerm, mean: true))),
        .. new Wrong("EL07b", "divided-by-pixels-less-one", "A single pixel divides by zero.", "A mean is over all pixels; it is no sample variance.")
            .Both("squared_error_mean", PerSample("loss", "x", "x_hat", (x, y, b) => Sum(x.Columns, j => SquaredTerm(x[b, j], y[b, j])) / (x.Columns - 1))),
        new Wrong("EL31e", "mean-slope-sign", "Training moves away from the data.", "The slope is x_hat less x.")
            .Gradient("squared_error_mean", Of((x, y) => -SquaredTerm(x, y), mean: true)),
    ];

    private static IEnumerable<Mistake> AbsoluteErrors =>
    [
        .. new Wrong("SA04", "absolute-value-missing", "Errors of opposite sign cancel.", "Take the absolute value of each difference.", "OSU-NLP-Group/saev#19")
            .Both("l1", Of((x, y) => x - y)),
        .. new Wrong("EL08f", "squared-for-absolute", "Large errors cost too much.", "Do not square the difference.")
            .Both("l1", Of(SquaredTerm)),
        .. new Wrong("EL07c", "absolute-mean-over-pixels", "The value does not grow with the image.", "Sum over the pixels.")
            .Both("l1", Of((x, y) => Abs(x - y), mean: true)),
        .. new Wrong("EL08g", "smooth-for-absolute", "Small errors cost too little.", "Use the plain absolute value.")
            .Both("l1", Of((x, y) => Math.Abs(x.Value - y.Value) < 1 ? 0.5 * Square(x - y) : Abs(x - y) - 0.5)),
        .. new Wrong("EL10e", "absolute-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("l1", BatchMean(Of((x, y) => Abs(x - y)))),
        new Wrong("EL24b", "absolute-over-the-batch-axis", "One value a pixel instead of one a sample.", "Sum over the last axis, not the first.", "asyml/texar-pytorch#251")
            .Value("l1", SumsOverTheBatch("loss", "x", "x_hat", (x, y) => Abs(x - y))),
        new Wrong("EL31f", "absolute-slope-sign", "Training moves away from the data.", "The slope is the sign of x_hat less x.")
            .Gradient("l1", Of((x, y) => -Abs(x - y))),
        new Wrong("VL07b", "absolute-slope-nan-at-equality", "A perfect pixel makes the gradient NaN.", "Where they are equal the slope is zero.")
            .Gradient("l1", Of((x, y) => Sqrt(Square(x - y)))),
        new Wrong("VL07c", "absolute-slope-one-at-equality", "A perfect pixel is pushed away.", "Where they are equal the slope is zero.")
            .Gradient("l1", Of((x, y) => y.Value >= x.Value ? y - x : x - y)),
    ];

    private static Traced SquaredTerm(Traced x, Traced xHat) => Square(x - xHat);

    private static Formula Of(Func<Traced, Traced, Traced> term, bool mean = false) => mean
        ? PerSample("loss", "x", "x_hat", (x, y, b) => Sum(x.Columns, j => term(x[b, j], y[b, j])) / x.Columns)
        : Sums("loss", "x", "x_hat", term);
}

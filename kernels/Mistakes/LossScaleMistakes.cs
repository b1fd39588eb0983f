using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Outputs of another range than the targets, sums for means and means for sums, weights that fit another reduction.</summary>
internal static class LossScaleMistakes
{
    public static IEnumerable<Mistake> All => [.. Outputs, .. Ranges, .. Overall, .. BatchMeans, .. Epochs, .. Mixtures, .. Dvae, .. Refusals];

    private static IEnumerable<Mistake> Outputs =>
    [
        .. new Wrong("EL05", "tanh-for-unit-data", "Half of the output's range is of no use, pictures are too dark.", "Use a sigmoid for data in [0, 1].", "AntixK/PyTorch-VAE#48")
            .Both("unit_output", Output(Tanh)),
        .. new Wrong("EL05e", "output-clipped", "What is clipped does not learn.", "Use a sigmoid; do not clip.")
            .Both("unit_output", Output(h => Clamp(h, 0, 1))),
        .. new Wrong("EL05f", "output-unbounded", "Pixels below zero and above one.", "Bound the output by a sigmoid.")
            .Both("unit_output", Output(h => h)),
        .. new Wrong("EL05g", "output-sigmoid-twice", "Every pixel is a grey between 0.5 and 0.73.", "Apply the sigmoid once.")
            .Both("unit_output", Output(h => Sigmoid(Sigmoid(h)))),
        .. new Wrong("EL05h", "tanh-rescaled", "Twice as steep as the sigmoid that the weights were trained with.", "Use 1 / (1 + e^-h).")
            .Both("unit_output", Output(h => 0.5 * (Tanh(h) + 1))),
        .. new Wrong("EL05i", "sigmoid-turned", "Negatives of pictures.", "Mind the sign in the exponent.")
            .Both("unit_output", Output(h => Sigmoid(-h))),
        .. new Wrong("EL05j", "softmax-for-sigmoid", "The pixels of a picture add up to one.", "Each pixel has a range of its own.")
            .Both("unit_output", Gives("x_hat", i => i["h"].Like(e => Exp(i["h"][e]) / Sum(i["h"].Columns, j => Exp(i["h"][e / i["h"].Columns, j]))))),
        new Wrong("NU04", "output-sigmoid-overflows", "NaN for large arguments.", "Take the exponential of the negative magnitude.")
            .Value("unit_output", Output(h => Exp(h) / (1 + Exp(h)))),
        new Wrong("EL05k", "slope-of-the-argument", "Gradients of the wrong sign for large arguments.", "The slope is x_hat (1 - x_hat), not h (1 - h).")
            .Gradient("unit_output", Output(h => (0.5 * h * h) - (h * h * h / 3))),
    ];

    private static IEnumerable<Mistake> Ranges =>
    [
        .. new Wrong("EL05", "signed-output-left-signed", "Half of the output's range is of no use, pictures are too dark.", "Map [-1, 1] to the range of the targets.", "AntixK/PyTorch-VAE#108")
            .Both("signed_to_unit", Range(y => y)),
        new Wrong("EL05m", "shifted-not-halved", "Pictures are twice as bright.", "Divide by two after the shift.")
            .Value("signed_to_unit", Range(y => y + 1)),
        new Wrong("EL05n", "halved-not-shifted", "Half of the picture is black.", "Add one before the halving.")
            .Value("signed_to_unit", Range(y => 0.5 * y)),
        new Wrong("EL05o", "halved-then-shifted", "No pixel is darker than the middle.", "Add one before the halving.")
            .Value("signed_to_unit", Range(y => (0.5 * y) + 1)),
        .. new Wrong("EL05p", "range-mapped-backwards", "Three times as much contrast as there is, and darker.", "(y + 1) / 2, not 2 y - 1.")
            .Both("signed_to_unit", Range(y => (2 * y) - 1)),
        .. new Wrong("EL05q", "negatives-cut-off", "Half of the picture is black.", "Shift; do not cut off.")
            .Both("signed_to_unit", Range(y => Clamp(y, 0, 1))),
        .. new Wrong("EL05r", "magnitude-for-range", "Dark pixels come out bright.", "Shift; do not take the magnitude.")
            .Both("signed_to_unit", Range(Abs)),
        .. new Wrong("EL05s", "range-cut-off", "Pixels past the range no longer learn.", "Map the range; leave what lies past it to the caller.")
            .Both("signed_to_unit", Range(y => Clamp(0.5 * (y + 1), 0, 1))),
        .. new Wrong("ME27b", "range-of-bytes-for-unit", "255 times too bright.", "Divide by two; bytes are another range.")
            .Both("signed_to_unit", Range(y => 127.5 * (y + 1))),
    ];

    private static IEnumerable<Mistake> Overall =>
    [
        .. new Wrong("EL08", "averaging-flag-lost", "The loss grows with the batch and the picture.", "Name the reduction; a flag in the third place may sum.", "rlkit#119")
            .Both("squared_error_overall_mean", Error(_ => 1)),
        .. new Wrong("EL08j", "mean-over-samples-only", "The loss grows with the picture.", "Divide by the number of all elements.")
            .Both("squared_error_overall_mean", Error(x => x.Rows)),
        .. new Wrong("EL08k", "mean-over-pixels-only", "The loss grows with the batch.", "Divide by the number of all elements.")
            .Both("squared_error_overall_mean", Error(x => x.Columns)),
        .. new Wrong("EL08l", "overall-root", "Every value is a root.", "Do not take the root.")
            .Both("squared_error_overall_mean", Changed(Error(x => x.Count), g => g.Like(i => Sqrt(g[i])))),
        .. new Wrong("EL08m", "overall-absolute", "Large errors cost too little.", "Square the difference.")
            .Both("squared_error_overall_mean", Error(x => x.Count, Abs)),
        .. new Wrong("EL08n", "overall-mean-error", "Errors of opposite sign cancel.", "Square each difference before the mean.")
            .Both("squared_error_overall_mean", Gives("loss", i => Scalar(Square(Sum(i["x"].Count, e => i["x"][e] - i["x_hat"][e]) / i["x"].Count)))),
        .. new Wrong("EL31j", "overall-halved", "Every value is half of what it is.", "Leave out the 1/2.")
            .Both("squared_error_overall_mean", Error(x => 2 * x.Count)),
        new Wrong("EL08o", "loss-arguments-swapped", "Training moves away from the data.", "The output is the input of the loss, the data the target: the slope is x_hat less x.")
            .Gradient("squared_error_overall_mean", Times(Error(x => x.Count), _ => -1)),
        new Wrong("NU11", "overall-nan-swallowed", "A model that has diverged reports a finite loss.", "Let NaN through.")
            .Value("squared_error_overall_mean", Error(x => x.Count, d => double.IsNaN(d.Value) ? 0 : Square(d))),
    ];

    private static IEnumerable<Mistake> BatchMeans =>
    [
        .. new Wrong("EL09", "summed-with-no-axis", "The loss grows with the batch, and the learning rate has to be tuned anew.", "Sum over all axes but the batch, and average over that.", "tensorflow/models#5049")
            .Both("squared_error_batch_mean", Error(_ => 1)),
        .. new Wrong("EL09a", "averaged-over-everything", "The KL outweighs the reconstruction by the number of pixels.", "Sum over the pixels.")
            .Both("squared_error_batch_mean", Error(x => x.Count)),
        .. new Wrong("EL09b", "averaged-over-pixels", "The loss grows with the batch, and not with the picture.", "Sum over the pixels, average over the batch.")
            .Both("squared_error_batch_mean", Error(x => x.Columns)),
        .. new Wrong("EL09c", "batch-less-one", "A batch of one divides by zero.", "A mean is over all samples; it is no sample variance.")
            .Both("squared_error_batch_mean", Error(x => x.Rows - 1)),
        .. new Wrong("EL09d", "first-sample-for-all", "Only one sample of a batch is learnt.", "Take the mean over all samples.")
            .Both("squared_error_batch_mean", Gives("loss", i => Scalar(Sum(i["x"].Columns, j => Square(i["x"][0, j] - i["x_hat"][0, j]))))),
        .. new Wrong("EL31k", "batch-mean-halved", "Every value is half of what it is.", "Leave out the 1/2.")
            .Both("squared_error_batch_mean", Error(x => 2 * x.Rows)),
        .. new Wrong("EL08p", "batch-mean-absolute", "Large errors cost too little.", "Square the difference.")
            .Both("squared_error_batch_mean", Error(x => x.Rows, Abs)),
        new Wrong("EL31l", "batch-mean-slope-sign", "Training moves away from the data.", "The slope is x_hat less x.")
            .Gradient("squared_error_batch_mean", Times(Error(x => x.Rows), _ => -1)),
    ];

    private static IEnumerable<Mistake> Epochs =>
    [
        .. new Wrong("EL16", "mean-of-batch-means", "The samples of a short last batch weigh too much.", "Divide the sum of all losses by the number of samples.", "pytorch/examples#175")
            .Both("epoch_loss", Epoch((l, n) => Sum(l.Length, m => l[m] / n[m]) / l.Length)),
        .. new Wrong("EL16a", "divided-by-batches", "The loss grows with the batch size.", "Divide by the samples, not by the batches.")
            .Both("epoch_loss", Epoch((l, _) => Sum(l) / l.Length)),
        .. new Wrong("EL16b", "divided-by-full-batches", "A short last batch counts as a full one.", "Divide by the samples that there were.")
            .Both("epoch_loss", Epoch((l, n) => Sum(l) / (l.Length * n[0]))),
        .. new Wrong("EL16c", "epoch-not-divided", "The loss grows with the data.", "Divide by the number of samples.")
            .Both("epoch_loss", Epoch((l, _) => Sum(l))),
        .. new Wrong("EL16d", "last-batch-dropped", "The last samples are never looked at.", "Count the last batch too.")
            .Both("epoch_loss", Epoch((l, n) => Sum(l.Length - 1, m => l[m]) / n[..^1].Sum())),
        .. new Wrong("EL16e", "sums-weighed-again", "The loss grows with the batch size.", "The sums are weighed by their samples already.")
            .Both("epoch_loss", Epoch((l, n) => Sum(l.Length, m => l[m] * n[m]) / n.Sum())),
        .. new Wrong("EL16f", "last-batch-for-the-epoch", "The loss jumps from epoch to epoch.", "Add up all batches.")
            .Both("epoch_loss", Epoch((l, n) => l[^1] / n[^1])),
        new Wrong("NU11", "epoch-nan-skipped", "A batch that diverged does not show.", "Let NaN through.")
            .Value("epoch_loss", Epoch((l, n) => Sum(l.Select(x => double.IsNaN(x.Value) ? 0 : x)) / n.Sum())),
    ];

    private static IEnumerable<Mistake> Mixtures =>
    [
        .. new Wrong("EL27", "components-added-as-logs", "The likelihood is far too small, sound is bad.", "Take log-sum-exp over the components.", "r9y9/wavenet_vocoder#33")
            .Both("mixture_log_likelihood", Mixture((lw, lp) => Sum(lw.Zip(lp, (w, p) => w + p)))),
        .. new Wrong("EL27a", "components-averaged-as-logs", "No component may be wrong.", "Take log-sum-exp over the components.")
            .Both("mixture_log_likelihood", Mixture((lw, lp) => Sum(lw.Zip(lp, (w, p) => w + p)) / lw.Length)),
        .. new Wrong("EL27b", "best-component-only", "Components do not share a sample.", "Sum over the components.")
            .Both("mixture_log_likelihood", Mixture((lw, lp) => lw.Zip(lp, (w, p) => w + p).MaxBy(t => double.IsNaN(t.Value) ? double.PositiveInfinity : t.Value)!)),
        .. new Wrong("EL27c", "mixture-weights-forgotten", "All components weigh alike.", "Add the logarithms of the weights.")
            .Both("mixture_log_likelihood", Mixture((_, lp) => LogSum(lp))),
        .. new Wrong("EL27d", "weights-average-the-logs", "A lower bound is taken for the likelihood.", "Weigh densities, not their logarithms.")
            .Both("mixture_log_likelihood", Mixture((lw, lp) => Sum(lw.Zip(lp, (w, p) => Exp(w) * p)))),
        .. new Wrong("EL27e", "mixture-weights-normalised-again", "The weights that were given do not count as they are.", "Use the log-weights as they are given.")
            .Both("mixture_log_likelihood", Mixture((lw, lp) => LogSum([.. lw.Zip(lp, (w, p) => w + p)]) - LogSum(lw))),
        new Wrong("EL27f", "mixture-averaged", "Off by the logarithm of the number of components.", "Sum; the weights average already.")
            .Value("mixture_log_likelihood", Mixture((lw, lp) => LogSum([.. lw.Zip(lp, (w, p) => w + p)]) - Math.Log(lw.Length))),
        new Wrong("NU01", "mixture-without-shift", "Minus infinity for any sound.", "Take the largest term out before the exponential.")
            .Value("mixture_log_likelihood", Mixture((lw, lp) => Log(Sum(lw.Zip(lp, (w, p) => Exp(w + p)))))),
        new Wrong("NU01", "mixture-without-shift-in-slope", "NaN for any sound.", "Take the largest term out before the exponential.")
            .Gradient("mixture_log_likelihood", Mixture((lw, lp) => Log(Sum(lw.Zip(lp, (w, p) => Exp(w + p)))))),
        new Wrong("EL27g", "mixture-shift-not-added-back", "The likelihood is near zero for any sound.", "Add the largest term again.")
            .Value("mixture_log_likelihood", Mixture((lw, lp) => LogSum([.. lw.Zip(lp, (w, p) => w + p)]) - lw.Zip(lp, (w, p) => w + p).Max(t => t.Value))),
        .. new Wrong("KL11n", "mixture-negated", "A cost is reported for a likelihood.", "Leave the sign to the loss.")
            .Both("mixture_log_likelihood", Mixture((lw, lp) => -LogSum([.. lw.Zip(lp, (w, p) => w + p)]))),
        .. new Wrong("EL10", "mixture-mean-for-each", "All rows report one and the same value.", "Keep the rows apart.")
            .Both("mixture_log_likelihood", BatchMean(Mixture((lw, lp) => LogSum([.. lw.Zip(lp, (w, p) => w + p)])))),
        new Wrong("EL27h", "mixture-weights-detached", "The weights never learn.", "Let the gradient reach the weights too.")
            .Gradient("mixture_log_likelihood", Mixture((lw, lp) => LogSum([.. lw.Zip(lp, (w, p) => w.Detached + p)]))),
    ];

    private static IEnumerable<Mistake> Dvae =>
    [
        .. new Wrong("GS24", "kl-mean-with-summed-reconstruction", "A published weight does not give the published result.", "Sum the KL over its positions and divide both by the dimensions.", "openai/DALL-E#26")
            .Both("dvae_loss", Joined((r, k, beta) => Sum(r) + (beta * Sum(k) / k.Length))),
        .. new Wrong("GS24", "kl-sum-with-mean-reconstruction", "A published weight does not give the published result.", "Divide the KL by the dimensions as well.", "openai/DALL-E#26")
            .Both("dvae_loss", Joined((r, k, beta) => (Sum(r) / r.Length) + (beta * Sum(k)))),
        .. new Wrong("GS24a", "both-averaged", "The weight is off by the ratio of positions to dimensions.", "Sum the KL over its positions before it is divided by the dimensions.")
            .Both("dvae_loss", Joined((r, k, beta) => (Sum(r) / r.Length) + (beta * Sum(k) / k.Length))),
        .. new Wrong("GS24b", "neither-divided", "The loss grows with the picture.", "Divide by the dimensions.")
            .Both("dvae_loss", Joined((r, k, beta) => Sum(r) + (beta * Sum(k)))),
        .. new Wrong("GS24c", "both-over-positions", "The loss is off by the ratio of positions to dimensions.", "Divide by the dimensions of the picture, not by the positions of the code.")
            .Both("dvae_loss", Joined((r, k, beta) => (Sum(r) + (beta * Sum(k))) / k.Length)),
        .. new Wrong("GS24d", "dvae-beta-on-the-reconstruction", "The KL is the weaker the larger its weight.", "Multiply the KL by beta.")
            .Both("dvae_loss", Joined((r, k, beta) => ((beta * Sum(r)) + Sum(k)) / r.Length)),
        .. new Wrong("GS24e", "dvae-beta-ignored", "The weight has no effect.", "Multiply the KL by beta.")
            .Both("dvae_loss", Joined((r, k, _) => (Sum(r) + Sum(k)) / r.Length)),
        .. new Wrong("KL11o", "dvae-kl-subtracted", "Unlikely codes are rewarded.", "Add the KL.")
            .Both("dvae_loss", Joined((r, k, beta) => (Sum(r) - (beta * Sum(k))) / r.Length)),
        .. new Wrong("EL10", "dvae-batch-mean-for-each", "All samples report one and the same loss.", "Keep the batch axis out of the sum.")
            .Both("dvae_loss", BatchMean(Joined((r, k, beta) => (Sum(r) + (beta * Sum(k))) / r.Length))),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU10", "overall-mean-of-nothing", "The mean of an empty batch is NaN.", "Refuse an empty batch.")
            .Unrefused("squared_error_overall_mean", _ => Wrong.One("loss", Tensor.Scalar(double.NaN))),
        new Wrong("NU10", "batch-mean-of-nothing", "The mean of an empty batch is NaN.", "Refuse an empty batch.")
            .Unrefused("squared_error_batch_mean", _ => Wrong.One("loss", Tensor.Scalar(double.NaN))),
        new Wrong("NU10", "epoch-of-nothing", "The mean of no samples is NaN.", "Refuse an epoch without batches, and a batch without samples.")
            .Unrefused("epoch_loss", _ => Wrong.One("loss", Tensor.Scalar(double.NaN))),
        new Wrong("NU10", "mixture-of-nothing", "The likelihood of no components is minus infinity.", "Refuse a mixture without components, and shapes that differ.")
            .Unrefused("mixture_log_likelihood", i => Wrong.One("log_likelihood", Rows(i["log_probs"]))),
        new Wrong("NU15", "dvae-beta-unchecked", "A beta of NaN poisons the loss in silence.", "Refuse a beta that is not finite and not negative.")
            .Unrefused("dvae_loss", i => Wrong.One("loss", Rows(i["kl"]))),
    ];

    private static Formula Output(Func<Traced, Traced> squash) => Elements("x_hat", "h", (i, e) => squash(i["h"][e]));

    private static Formula Range(Func<Traced, Traced> map) => Elements("x", "y", (i, e) => map(i["y"][e]));

    private static Formula Error(Func<Grid, double> divisor, Func<Traced, Traced>? cost = null) => Gives("loss", i =>
        Scalar(Sum(i["x"].Count, e => (cost ?? Square)(i["x"][e] - i["x_hat"][e])) / divisor(i["x"])));

    private static Formula Epoch(Func<Traced[], double[], Traced> loss) => Gives("loss", i => Scalar(loss(
        Row(i["batch_losses"], 0, i["batch_losses"].Count),
        [.. Row(i["sizes"], 0, i["sizes"].Count).Select(n => n.Value)])));

    private static Formula Mixture(Func<Traced[], Traced[], Traced> join) => Gives("log_likelihood", i => i["log_probs"].PerRow(n =>
        join(Row(i["log_weights"], n, i["log_weights"].Columns), Row(i["log_probs"], n, i["log_probs"].Columns))));

    private static Formula Joined(Func<Traced[], Traced[], Traced, Traced> join) => Gives("loss", i => i["kl"].PerRow(b =>
        join(Row(i["reconstruction"], b, i["reconstruction"].Columns), Row(i["kl"], b, i["kl"].Columns), i["beta"][0])));

    private static Traced LogSum(Traced[] terms)
    {
        var peak = terms.Max(t => t.Value);
        return Log(Sum(terms.Select(t => Exp(t - peak)))) + peak;
    }

    private static Traced[] Row(Grid grid, int row, int width) => [.. Enumerable.Range(row * width, width).Select(e => grid[e])];

    private static Grid Scalar(Traced value) => Grid.Each([], _ => value);

    private static Tensor Rows(Tensor like) => new([like.Shape[0]], [.. Enumerable.Repeat(double.NaN, like.Shape[0])]);
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Sparse, denoising, contractive and tied autoencoders: wrong averages, targets, axes and halves of gradients.</summary>
internal static class SparseMistakes
{
    public static IEnumerable<Mistake> All => [.. Kl, .. L1, .. TopK, .. Denoising, .. Contractive, .. Tied];

    private static IEnumerable<Mistake> Kl =>
    [
        .. new Wrong("SA01", "sparsity-of-every-activation", "Every unit is forced to the target on each input.", "Take the mean over the batch first.", "wblgers/tensorflow_stacked_denoising_autoencoder#1")
            .Both("kl_sparsity", Gives("penalty", i => Scalar(Sum(i["activations"].Count, e => Divergence(i["rho"][0], i["activations"][e])) / i["activations"].Rows))),
        .. new Wrong("SA02", "sparsity-bracket-missing", "The minimum is not at the target.", "Weigh both logarithms of each half.", "caglar/autoencoders#5")
            .Both("kl_sparsity", Sparsity((r, q) => (r * Log(r)) - Log(q) + ((1 - r) * Log(1 - r)) - Log(1 - q))),
        .. new Wrong("SA03", "sparsity-half", "Negative for units that are too active.", "Add the half of 1 - rho.")
            .Both("kl_sparsity", Sparsity((r, q) => r * Log(r / q))),
        .. new Wrong("SA03a", "sparsity-reversed", "Too strong where units are quiet.", "Weigh by rho, not by the mean activation.")
            .Both("kl_sparsity", Sparsity((r, q) => Divergence(q, r))),
        .. new Wrong("KL11k", "sparsity-negated", "Units flee their target.", "Turn the sign.")
            .Both("kl_sparsity", Sparsity((r, q) => -Divergence(r, q))),
        .. new Wrong("SA01a", "sparsity-mean-over-units", "The pull weakens as the code widens.", "Sum over the units.")
            .Both("kl_sparsity", Gives("penalty", i => Scalar(Penalty(i, Divergence) / i["activations"].Columns))),
        .. new Wrong("SA01b", "sparsity-over-the-units-axis", "Inputs, and not units, are held to the target.", "Average over the batch axis.")
            .Both("kl_sparsity", Gives("penalty", i => Scalar(Sum(i["activations"].Rows, b =>
                Divergence(i["rho"][0], Sum(i["activations"].Columns, j => i["activations"][b, j]) / i["activations"].Columns))))),
        new Wrong("SA01c", "sparsity-slope-not-averaged", "The pull grows with the batch.", "Divide the gradient by the batch size.")
            .Gradient("kl_sparsity", Gives("penalty", i => Scalar(i["activations"].Rows * Penalty(i, Divergence)))),
    ];

    private static IEnumerable<Mistake> L1 =>
    [
        .. new Wrong("SA04", "l1-without-magnitude", "Negative activations are rewarded.", "Take the absolute value.", "OSU-NLP-Group/saev#19")
            .Both("l1_sparsity", Rows("penalty", "h", (h, b) => Sum(h.Columns, j => h[b, j]))),
        .. new Wrong("SA04a", "l2-for-l1", "Nothing becomes exactly zero.", "Do not square.")
            .Both("l1_sparsity", Rows("penalty", "h", (h, b) => Sum(h.Columns, j => Square(h[b, j])))),
        .. new Wrong("SA04b", "l1-mean-over-units", "The pull weakens as the code widens.", "Sum over the units.")
            .Both("l1_sparsity", Rows("penalty", "h", (h, b) => Sum(h.Columns, j => Abs(h[b, j])) / h.Columns)),
        .. new Wrong("SA04c", "l1-after-the-sum", "Activations of opposite sign cancel.", "Take the magnitude of each unit before the sum.")
            .Both("l1_sparsity", Rows("penalty", "h", (h, b) => Abs(Sum(h.Columns, j => h[b, j])))),
        .. new Wrong("EL10l", "l1-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("l1_sparsity", BatchMean(Rows("penalty", "h", (h, b) => Sum(h.Columns, j => Abs(h[b, j]))))),
    ];

    private static IEnumerable<Mistake> TopK =>
    [
        .. new Wrong("SA13", "top-k-over-the-batch", "What is kept of a token depends on its neighbours.", "Keep k of every row.", "SAEDashboard#33")
            .Both("top_k", Kept((x, e, k) => Enumerable.Range(0, x.Count).Count(o => Before(x, o, e, v => v)) < k * x.Rows)),
        .. new Wrong("SA28", "top-k-by-magnitude", "Large negative values are kept.", "Rank by value.")
            .Both("top_k", Kept((x, e, k) => Row(x, e).Count(o => Before(x, o, e, Math.Abs)) < k)),
        .. new Wrong("SA28a", "bottom-k", "The weakest units are kept.", "Keep the largest.")
            .Both("top_k", Kept((x, e, k) => Row(x, e).Count(o => Before(x, o, e, v => -v)) < k)),
        .. new Wrong("SA28b", "top-k-keeps-all-ties", "More than k units are active on a tie.", "Keep exactly k, the lowest index first.")
            .Both("top_k", Kept((x, e, k) => Row(x, e).Count(o => x[o].Value > x[e].Value) < k)),
        .. new Wrong("SA28c", "top-k-and-one-more", "One unit more than k is active.", "Keep k, not k + 1.")
            .Both("top_k", Kept((x, e, k) => Row(x, e).Count(o => Before(x, o, e, v => v)) <= k)),
        new Wrong("SA28d", "top-k-slope-unmasked", "Units that were dropped are trained.", "Mask the gradient as the value.")
            .Gradient("top_k", Gives("y", i => i["x"])),
        new Wrong("SA28e", "top-k-slope-absent", "Nothing before the selection learns.", "Let the gradient pass where a value was kept.")
            .Gradient("top_k", Gives("y", i => i["x"].Like(_ => 0))),
    ];

    private static IEnumerable<Mistake> Denoising =>
    [
        .. new Wrong("SA17", "noisy-target", "The identity is learnt.", "Compare with the clean input.", "pkmital/tensorflow_tutorials#21")
            .Both("denoising_loss", Denoise((x, n) => x + n, (x, n) => x + n)),
        .. new Wrong("SA18", "clean-input-fed", "A plain autoencoder.", "Feed the corrupted input.", "pkmital/CADL#56")
            .Both("denoising_loss", Denoise((x, _) => x, (x, _) => x)),
        .. new Wrong("SA17a", "noise-is-the-target", "The noise is predicted instead of the data.", "Compare with the clean input.")
            .Both("denoising_loss", Denoise((x, n) => x + n, (_, n) => n)),
        .. new Wrong("SA18a", "noise-for-input", "The network never sees the data.", "Add the noise to the input.")
            .Both("denoising_loss", Denoise((_, n) => n, (x, _) => x)),
        .. new Wrong("SA18b", "noise-subtracted-from-input", "Masks restore nothing: the noise has the other sign.", "Add the noise.")
            .Both("denoising_loss", Denoise((x, n) => x - n, (x, _) => x)),
        .. new Wrong("SA17b", "denoiser-transposed", "The weights act through their transpose.", "Multiply by w transposed, row by row of w.")
            .Both("denoising_loss", Denoise((x, n) => x + n, (x, _) => x, transposed: true)),
        .. new Wrong("SA17c", "denoising-halved", "Every value is half of what it is.", "Leave out the 1/2.")
            .Both("denoising_loss", Times(Denoise((x, n) => x + n, (x, _) => x), _ => 0.5)),
        .. new Wrong("EL10m", "denoising-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("denoising_loss", BatchMean(Denoise((x, n) => x + n, (x, _) => x))),
    ];

    private static IEnumerable<Mistake> Contractive =>
    [
        .. new Wrong("SA22", "jacobian-mean-over-entries", "The penalty is off by the size of the Jacobian.", "Sum the squares of all entries.", "pylearn2#90")
            .Both("contractive_penalty", Jacobian((i, b) => Units(i, b, (s, norm, _) => s * s * norm) / i["w"].Count)),
        .. new Wrong("SA22a", "jacobian-norm-not-squared", "The pull has constant strength.", "Do not take the root.")
            .Both("contractive_penalty", Jacobian((i, b) => Sqrt(Units(i, b, (s, norm, _) => s * s * norm)))),
        .. new Wrong("SA22b", "slope-not-squared", "Saturated units are punished too much.", "Square h (1 - h).")
            .Both("contractive_penalty", Jacobian((i, b) => Units(i, b, (s, norm, _) => s * norm))),
        .. new Wrong("SA22c", "weight-decay-for-contraction", "The penalty does not depend on the input.", "Weigh each row by the slope of its unit.")
            .Both("contractive_penalty", Jacobian((i, b) => Units(i, b, (_, norm, _) => norm / 16))),
        .. new Wrong("SA22d", "slope-of-tanh", "Four times too strong about zero and more.", "The slope of a sigmoid is h (1 - h).")
            .Both("contractive_penalty", Jacobian((i, b) => Units(i, b, (_, norm, h) => Square(1 - (h * h)) * norm))),
        new Wrong("SA22e", "slope-held-constant", "Units do not learn to saturate.", "Differentiate through h as well.")
            .Gradient("contractive_penalty", Jacobian((i, b) => Units(i, b, (s, norm, _) => Square(s.Detached) * norm))),
        new Wrong("SA22f", "weights-held-constant", "Weights do not shrink.", "Differentiate the norm as well.")
            .Gradient("contractive_penalty", Jacobian((i, b) => Units(i, b, (s, norm, _) => s * s * norm.Detached))),
        .. new Wrong("EL10n", "contractive-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("contractive_penalty", BatchMean(Jacobian((i, b) => Units(i, b, (s, norm, _) => s * s * norm)))),
    ];

    private static IEnumerable<Mistake> Tied =>
    [
        new Wrong("SA25", "tied-encoder-part-only", "Training is slow: the decoder's use of the weights is forgotten.", "Add the gradients of both uses.")
            .Gradient("tied_linear", Encoded(w => w, w => w.Detached)),
        new Wrong("SA25a", "tied-decoder-part-only", "Training is slow: the encoder's use of the weights is forgotten.", "Add the gradients of both uses.")
            .Gradient("tied_linear", Encoded(w => w.Detached, w => w)),
        .. new Wrong("SA25b", "tied-halved", "The reconstruction is half of what it is.", "Do not average the two uses.")
            .Both("tied_linear", Times(Encoded(w => w, w => w), _ => 0.5)),
        .. new Wrong("SA25c", "tied-with-rectified-code", "Codes below zero are lost.", "A linear autoencoder has no rectifier.")
            .Both("tied_linear", Encoded(w => w, w => w, z => Clamp(z, 0, double.PositiveInfinity))),
        .. new Wrong("SA24", "decoder-copied-when-built", "The weights drift apart from the first step on.", "Take the transpose at each use, not once.", "keras-team/keras#386")
            .Both("tied_linear_updated", Stepped((w, u) => w + u, (w, _) => w)),
        .. new Wrong("SA24a", "encoder-copied-when-built", "The weights drift apart from the first step on.", "Use one matrix in both places.")
            .Both("tied_linear_updated", Stepped((w, _) => w, (w, u) => w + u)),
        .. new Wrong("SA24b", "step-not-taken", "Nothing is learnt.", "Use the updated matrix.")
            .Both("tied_linear_updated", Stepped((w, _) => w, (w, _) => w)),
        .. new Wrong("SA24c", "step-taken-twice", "The decoder is a step ahead of the encoder.", "Update the one matrix once.")
            .Both("tied_linear_updated", Stepped((w, u) => w + u, (w, u) => w + u + u)),
        .. new Wrong("SA24d", "step-subtracted", "Training climbs.", "The update is added; its sign is the optimizer's.")
            .Both("tied_linear_updated", Stepped((w, u) => w - u, (w, u) => w - u)),
        new Wrong("SA25", "updated-encoder-part-only", "Training is slow: the decoder's use of the weights is forgotten.", "Add the gradients of both uses.")
            .Gradient("tied_linear_updated", Stepped((w, u) => w + u, (w, u) => (w + u).Detached)),
        new Wrong("SA25a", "updated-decoder-part-only", "Training is slow: the encoder's use of the weights is forgotten.", "Add the gradients of both uses.")
            .Gradient("tied_linear_updated", Stepped((w, u) => (w + u).Detached, (w, u) => w + u)),
    ];

    private static Grid Scalar(Traced value) => Grid.Each([], _ => value);

    private static Formula Rows(string output, string input, Func<Grid, int, Traced> value) => Gives(output, i => i[input].PerRow(b => value(i[input], b)));

    private static Traced Divergence(Traced rho, Traced mean) => (rho * Log(rho / mean)) + ((1 - rho) * Log((1 - rho) / (1 - mean)));

    private static Formula Sparsity(Func<Traced, Traced, Traced> term) => Gives("penalty", i => Scalar(Penalty(i, term)));

    private static Traced Penalty(Grids inputs, Func<Traced, Traced, Traced> term)
    {
        var h = inputs["activations"];
        return Sum(h.Columns, j => term(inputs["rho"][0], Sum(h.Rows, b => h[b, j]) / h.Rows));
    }

    private static Formula Kept(Func<Grid, int, double, bool> isKept) =>
        Elements("y", "x", (i, e) => isKept(i["x"], e, i["k"][0].Value) ? i["x"][e] : 0);

    private static IEnumerable<int> Row(Grid x, int element) => Enumerable.Range(element / x.Columns * x.Columns, x.Columns);

    private static bool Before(Grid x, int other, int element, Func<double, double> rank)
    {
        var (a, b) = (rank(x[other].Value), rank(x[element].Value));
        return a > b || (a == b && other < element);
    }

    private static Formula Denoise(Func<Traced, Traced, Traced> given, Func<Traced, Traced, Traced> target, bool transposed = false) => Gives("loss", i =>
    {
        var (x, noise, w) = (i["x"], i["noise"], i["w"]);
        return x.PerRow(b => Sum(x.Columns, o => Square(
            Sum(x.Columns, j => (transposed ? w[j, o] : w[o, j]) * given(x[b, j], noise[b, j])) - target(x[b, o], noise[b, o]))));
    });

    private static Formula Jacobian(Func<Grids, int, Traced> penalty) => Gives("penalty", i => i["x"].PerRow(b => penalty(i, b)));

    /// <summary>Σ over the units of a term in the slope h (1 − h), the squared norm of the unit's weights, and h.</summary>
    private static Traced Units(Grids inputs, int sample, Func<Traced, Traced, Traced, Traced> term)
    {
        var (x, w, b) = (inputs["x"], inputs["w"], inputs["b"]);
        return Sum(w.Rows, j =>
        {
            var h = Sigmoid(Sum(w.Columns, d => w[j, d] * x[sample, d]) + b[j]);
            return term(h * (1 - h), Sum(w.Columns, d => Square(w[j, d])), h);
        });
    }

    /// <summary>What the encoder and what the decoder make of the weights and of their update.</summary>
    private static Formula Stepped(Func<Traced, Traced, Traced> encoder, Func<Traced, Traced, Traced> decoder) => Gives("x_hat", i =>
    {
        var (x, w, update) = (i["x"], i["w"], i["update"]);
        var z = Grid.Matrix(x.Rows, w.Rows, (b, j) => Sum(w.Columns, d => encoder(w[j, d], update[j, d]) * x[b, d]));
        return Grid.Matrix(x.Rows, w.Columns, (b, d) => Sum(w.Rows, j => decoder(w[j, d], update[j, d]) * z[b, j]));
    });

    private static Formula Encoded(Func<Traced, Traced> encoder, Func<Traced, Traced> decoder, Func<Traced, Traced>? between = null) => Gives("x_hat", i =>
    {
        var (x, w) = (i["x"], i["w"]);
        var z = Grid.Matrix(x.Rows, w.Rows, (b, j) => Sum(w.Columns, d => encoder(w[j, d]) * x[b, d]));
        return Grid.Matrix(x.Rows, w.Columns, (b, d) => Sum(w.Rows, j => decoder(w[j, d]) * (between is null ? z[b, j] : between(z[b, j]))));
    });
}

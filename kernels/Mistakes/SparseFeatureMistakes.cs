using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Dictionaries of sparse features: the bias that is added twice, the norm of the wrong axis, the price that scaling evades.</summary>
internal static class SparseFeatureMistakes
{
    public static IEnumerable<Mistake> All => [.. Encoder, .. Price, .. Directions, .. Refusals];

    private static IEnumerable<Mistake> Encoder =>
    [
        .. new Wrong("SA31", "decoder-bias-not-subtracted", "Activations are shifted.", "Subtract b_dec before the weights.")
            .Both("sae_pre_activation", Pre((x, _) => x, (sum, bias) => sum + bias)),
        .. new Wrong("SA31a", "decoder-bias-added", "Activations are shifted the other way, twice as far.", "Subtract b_dec; do not add it.")
            .Both("sae_pre_activation", Pre((x, b) => x + b, (sum, bias) => sum + bias)),
        .. new Wrong("SA31b", "encoder-bias-forgotten", "Features have no threshold of their own.", "Add b_enc after the weights.")
            .Both("sae_pre_activation", Pre((x, b) => x - b, (sum, _) => sum)),
        .. new Wrong("SA31c", "encoder-bias-subtracted", "Features that should be rare are frequent.", "Add b_enc.")
            .Both("sae_pre_activation", Pre((x, b) => x - b, (sum, bias) => sum - bias)),
        .. new Wrong("SA31d", "pre-activation-rectified", "What was below zero is lost before the activation.", "Leave the rectifier to the activation.")
            .Both("sae_pre_activation", Pre((x, b) => x - b, (sum, bias) => Clamp(sum + bias, 0, double.PositiveInfinity))),
        new Wrong("SA31e", "decoder-bias-held-constant", "b_dec learns from the decoder only.", "Let the gradient through the encoder reach b_dec.")
            .Gradient("sae_pre_activation", Pre((x, b) => x - b.Detached, (sum, bias) => sum + bias)),
    ];

    private static IEnumerable<Mistake> Price =>
    [
        .. new Wrong("SA08", "decoder-norm-left-out", "The penalty is evaded: smaller codes, longer columns.", "Weigh each activation by the norm of its column.", "SAELens#363")
            .Both("l1_sparsity_weighted", Priced((h, _) => Abs(h))),
        .. new Wrong("SA08a", "decoder-norm-squared", "Long columns pay too much.", "Take the root of the sum of squares.")
            .Both("l1_sparsity_weighted", Priced((h, column) => Abs(h) * Squares(column))),
        .. new Wrong("SA08b", "decoder-norm-of-magnitudes", "The price depends on the basis.", "Use the Euclidean norm.")
            .Both("l1_sparsity_weighted", Priced((h, column) => Abs(h) * Sum(column.Select(Abs)))),
        .. new Wrong("SA08c", "weighted-without-magnitude", "Negative activations are rewarded.", "Take the absolute value.")
            .Both("l1_sparsity_weighted", Priced((h, column) => h * Norm(column))),
        .. new Wrong("SA08d", "weighted-mean-over-features", "The pull weakens as the dictionary grows.", "Sum over the features.")
            .Both("l1_sparsity_weighted", Times(Priced((h, column) => Abs(h) * Norm(column)), i => 1.0 / i["h"].Columns)),
        new Wrong("SA08e", "decoder-norm-held-constant", "Columns grow: nothing pulls at them.", "Differentiate the norm as well.")
            .Gradient("l1_sparsity_weighted", Priced((h, column) => Abs(h) * Norm(column).Detached)),
        .. new Wrong("SA08f", "norm-of-the-dictionary-for-columns", "All features are priced alike.", "A norm a column.")
            .Both("l1_sparsity_weighted", Gives("penalty", i => i["h"].PerRow(b =>
                Sum(i["h"].Columns, j => Abs(i["h"][b, j])) * Norm(Enumerable.Range(0, i["decoder"].Count).Select(e => i["decoder"][e]))))),
        .. new Wrong("EL10s", "weighted-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("l1_sparsity_weighted", BatchMean(Priced((h, column) => Abs(h) * Norm(column)))),
    ];

    private static IEnumerable<Mistake> Directions =>
    [
        .. new Wrong("SA30", "decoder-normalised-along-the-other-axis", "The norms of features are not 1.", "Normalise each column: a feature, not a dimension.")
            .Both("unit_norm_decoder", Divided((w, d, _) => Norm(Enumerable.Range(0, w.Columns).Select(j => w[d, j])))),
        .. new Wrong("SA30a", "decoder-normalised-as-a-whole", "Features keep their unlike norms.", "Normalise each column by itself.")
            .Both("unit_norm_decoder", Divided((w, _, _) => Norm(Enumerable.Range(0, w.Count).Select(e => w[e])))),
        .. new Wrong("SA30b", "columns-over-the-squared-norm", "Long columns become short and short ones long.", "Take the root of the sum of squares.")
            .Both("unit_norm_decoder", Divided((w, _, j) => Squares(Column(w, j)))),
        .. new Wrong("SA30c", "divided-by-magnitudes", "The Euclidean norms are not 1.", "Use the Euclidean norm.")
            .Both("unit_norm_decoder", Divided((w, _, j) => Sum(Column(w, j).Select(Abs)))),
        .. new Wrong("SA30d", "only-long-columns-normalised", "Short columns stay short.", "Normalise every column, not only those above 1.")
            .Both("unit_norm_decoder", Divided((w, _, j) => Clamp(Norm(Column(w, j)), 1, double.PositiveInfinity))),
        .. new Wrong("SA30e", "divided-by-the-largest", "The Euclidean norms are above 1.", "Use the Euclidean norm.")
            .Both("unit_norm_decoder", Divided((w, _, j) => Column(w, j).Select(Abs).MaxBy(v => v.Value)!)),
        new Wrong("SA30f", "norm-held-constant", "The gradient pushes along columns whose length is fixed.", "Differentiate the norm, or take off what points along the column.")
            .Gradient("unit_norm_decoder", Divided((w, _, j) => Norm(Column(w, j)).Detached)),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("SA30g", "no-direction-answered", "A feature of zeros turns into NaN.", "Refuse a column of zeros, or draw it anew.")
            .Unrefused("unit_norm_decoder", i => Wrong.One("unit", Wrong.Map(i["decoder"], _ => double.NaN))),
        new Wrong("SA31f", "biases-broadcast", "A bias of another length is spread over the features.", "Refuse a b_dec that has not x's dimensions.")
            .Unrefused("sae_pre_activation", i => Wrong.One("pre", new Tensor([i["x"].Shape[0], i["w_enc"].Shape[0]], new double[i["x"].Shape[0] * i["w_enc"].Shape[0]]))),
        new Wrong("SA08g", "rows-taken-for-columns", "A transposed decoder is priced in silence.", "Refuse a decoder that has no column for each feature.")
            .Unrefused("l1_sparsity_weighted", i => Wrong.One("penalty", new Tensor([i["h"].Shape[0]], new double[i["h"].Shape[0]]))),
    ];

    private static Formula Pre(Func<Traced, Traced, Traced> given, Func<Traced, Traced, Traced> biased) => Gives("pre", i =>
    {
        var (x, w) = (i["x"], i["w_enc"]);
        return Grid.Matrix(x.Rows, w.Rows, (b, j) => biased(Sum(w.Columns, d => w[j, d] * given(x[b, d], i["b_dec"][d])), i["b_enc"][j]));
    });

    private static Formula Priced(Func<Traced, IEnumerable<Traced>, Traced> term) => Gives("penalty", i =>
        i["h"].PerRow(b => Sum(i["h"].Columns, j => term(i["h"][b, j], Column(i["decoder"], j)))));

    private static Formula Divided(Func<Grid, int, int, Traced> by) => Elements("unit", "decoder", (i, e) =>
        i["decoder"][e] / by(i["decoder"], e / i["decoder"].Columns, e % i["decoder"].Columns));

    private static Traced[] Column(Grid decoder, int j) => [.. Enumerable.Range(0, decoder.Rows).Select(d => decoder[d, j])];

    private static Traced Squares(IEnumerable<Traced> values) => Sum(values.Select(Square));

    private static Traced Norm(IEnumerable<Traced> values) => Sqrt(Squares(values));
}

using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Bad arguments that are answered in silence instead of refused.</summary>
internal static class RefusalMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        new Wrong("NU15", "beta-unchecked", "A beta of NaN poisons the loss in silence.", "Refuse a beta that is not finite and not negative.")
            .Unrefused("vae_loss", i => PerSample("loss", i["x"], double.NaN)),
        new Wrong("NU15a", "bce-beta-unchecked", "A beta of NaN poisons the loss in silence.", "Refuse a beta that is not finite and not negative.")
            .Unrefused("vae_loss_bce", i => PerSample("loss", i["x"], double.NaN)),
        new Wrong("NU15b", "commitment-weight-unchecked", "A beta of NaN poisons the loss in silence.", "Refuse a beta that is not finite and not negative.")
            .Unrefused("vq_loss", i => PerSample("loss", i["z"], double.NaN)),
        new Wrong("NU15c", "warmup-of-no-length", "A warm-up of no steps divides by zero in silence.", "Refuse a warm-up of no steps.")
            .Unrefused("kl_warmup", i => PerSample("beta", i["step"], double.NaN)),
        new Wrong("NU15d", "noise-variance-unchecked", "A noise variance of zero has an infinite density.", "Refuse a variance that is not positive.")
            .Unrefused("linear_gaussian_log_evidence", i => PerSample("log_evidence", i["x"], double.PositiveInfinity)),
        new Wrong("NU15e", "empty-codebook-answered", "Vectors take code 0 of a codebook that has none.", "Refuse an empty codebook.")
            .Unrefused("vq_assign", i => Wrong.One("indices", new Tensor([i["z"].Shape[0]], new long[i["z"].Shape[0]]))),
        new Wrong("NU15f", "one-level-answered", "A dimension of one level divides by zero.", "Refuse a dimension of fewer than two levels.")
            .Unrefused("fsq", i => Wrong.One("codes", Wrong.Map(i["z"], _ => double.NaN))),
        new Wrong("KL16", "kl-shapes-broadcast", "Mean and log-variance of unlike shapes are joined somehow.", "Refuse shapes that differ.")
            .Unrefused("kl_standard", i => PerSample("kl", i["mu"], 0)),
        new Wrong("EL23", "shapes-broadcast", "A column less a row is a matrix, and its mean the loss.", "Refuse shapes that differ.", "pytorch/pytorch#19699")
            .Unrefused("squared_error_sum", i => PerSample("loss", i["x"], 0)),
        new Wrong("EL23a", "absolute-shapes-broadcast", "A column less a row is a matrix, and its mean the loss.", "Refuse shapes that differ.", "pytorch/pytorch#19699")
            .Unrefused("l1", i => PerSample("loss", i["x"], 0)),
        new Wrong("RP12a", "noise-broadcast", "Noise of another shape is spread over the batch in silence.", "Refuse noise that has not the shape of mu.")
            .Unrefused("reparameterize", i => Wrong.One("z", i["mu"])),
        new Wrong("EL04a", "logits-taken-for-probabilities", "Logits are clamped to probabilities in silence.", "Refuse what is not in [0, 1].")
            .Unrefused("bce", i => Wrong.Right("bce", new Dictionary<string, Tensor>(i) { ["x_hat"] = Wrong.Map(i["x_hat"], p => Math.Clamp(p, 0, 1)) })),
        new Wrong("FS20d", "index-wraps-round", "An index past the end gives the first codes again.", "Refuse indices that are not in the codebook.")
            .Unrefused("fsq_indices_to_codes", i => Wrong.Right("fsq_indices_to_codes", new Dictionary<string, Tensor>(i) { ["indices"] = Wrong.Map(i["indices"], _ => 0) })),
        new Wrong("FS11", "code-not-clamped", "A code off its grid gives the index of another code.", "Refuse codes that are not on the grid.", "lucidrains/vector-quantize-pytorch#207")
            .Unrefused("fsq_codes_to_indices", i => Wrong.One("indices", new Tensor([i["codes"].Shape[0]], new long[i["codes"].Shape[0]]))),
    ];

    private static Dictionary<string, Tensor> PerSample(string output, Tensor like, double value) =>
        Wrong.One(output, new Tensor([like.Shape[0]], [.. Enumerable.Repeat(value, like.Shape[0])]));
}

namespace LatentConformance.Torch;

// KL(p ‖ 1/K) = Σ p log p + log K, log p by log_softmax: a class of no weight costs nothing.
public static class KlCategoricalUniform
{
    [Kernel("kl_categorical_uniform")]
    public static Tensor Forward(Tensor logits)
    {
        Gumbel.RefuseUnlessClasses(logits);
        var logs = logits.log_softmax(-1);
        return (exp(logs) * logs).sum(-1) + Math.Log(logits.size(1));
    }
}

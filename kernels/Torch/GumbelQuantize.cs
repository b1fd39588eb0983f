namespace LatentConformance.Torch;

// In training gumbel_softmax_hard; in evaluation the one-hot of the largest logit, without noise and without gradient.
public static class GumbelQuantize
{
    [Kernel("gumbel_quantize")]
    [Detached("logits")]
    public static (Tensor Y, Tensor Indices) Forward(Tensor logits, Tensor uniforms, double temperature, long training)
    {
        Refuse.UnlessSwitch("training", training);
        if (training == 1)
        {
            return GumbelSoftmaxHard.Forward(logits, uniforms, temperature);
        }

        Gumbel.RefuseUnlessRelaxed(logits, uniforms, temperature);
        return Gumbel.Largest(logits);
    }
}

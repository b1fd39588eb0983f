namespace LatentConformance.Torch;

// Σ max(l, 0) − l x + log1p(e^−|l|): finite for every logit.
public static class BceLogits
{
    [Kernel("bce_logits")]
    public static Tensor Forward(Tensor x, Tensor logits)
    {
        Shapes.RefuseUnlessSame(x, logits);
        return F.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.None).sum(-1);
    }
}

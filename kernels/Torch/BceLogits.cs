namespace LatentConformance.Torch;

// Σ log(1 + e^−l) + (1 − x) l: finite for every logit, and smooth at 0. softplus answers l itself where e^−l is lost beside it, which in
// float64 is beyond 40.
public static class BceLogits
{
    [Kernel("bce_logits")]
    public static Tensor Forward(Tensor x, Tensor logits)
    {
        Shapes.RefuseUnlessSame(x, logits);
        return F.softplus(-logits, 1, 40).addcmul_(1 - x, logits, 1).sum(-1);
    }
}

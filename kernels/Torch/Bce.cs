namespace LatentConformance.Torch;

// −Σ x log(x̂ + 1e-8) + (1 − x) log(1 − x̂ + 1e-8), of probabilities: at x̂ of exactly 0 or 1 the 1e-8 is all that keeps it finite.
public static class Bce
{
    [Kernel("bce")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        return -(x * log(xHat + 1e-8)).addcmul_(1 - x, log((1 - xHat).add_(1e-8)), 1).sum(-1);
    }
}

namespace LatentConformance.Torch;

// softmax((logits + g) / τ) over the classes, g the noise of the uniforms.
public static class GumbelSoftmax
{
    [Kernel("gumbel_softmax")]
    public static Tensor Forward(Tensor logits, Tensor uniforms, double temperature) =>
        Gumbel.Perturbed(logits, uniforms, temperature).div_(temperature).softmax(-1);
}

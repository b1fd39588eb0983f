namespace LatentConformance.Torch;

// z_t = μ + σ ε_t: μ and σ serve all T draws, each with noise of its own.
public static class ReparameterizeDraws
{
    [Kernel("reparameterize_draws")]
    public static Tensor Forward(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Shapes.RefuseUnlessSame(mu, logvar);
        if (!epsilon.shape.AsSpan(1).SequenceEqual(mu.shape))
        {
            throw new RefusalException(
                $"noise of shape {Shapes.Show(epsilon)} for latents {Shapes.Show(mu)}; it is that after an axis of draws");
        }

        return mu + (exp(0.5 * logvar) * epsilon);
    }
}

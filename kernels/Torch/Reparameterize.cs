namespace LatentConformance.Torch;

// z = μ + σ ε, σ = e^(lv/2).
public static class Reparameterize
{
    [Kernel("reparameterize")]
    public static Tensor Forward(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Shapes.RefuseUnlessSame(mu, logvar, epsilon);
        return mu.addcmul((0.5 * logvar).exp_(), epsilon, 1);
    }
}

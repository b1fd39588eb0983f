namespace LatentConformance.Torch;

// z = μ + σ ε, σ = e^(lv/2).
public static class Reparameterize
{
    [Kernel("reparameterize")]
    public static Tensor Forward(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Shapes.RefuseUnlessSame(mu, logvar, epsilon);
        return mu + (exp(0.5 * logvar) * epsilon);
    }
}

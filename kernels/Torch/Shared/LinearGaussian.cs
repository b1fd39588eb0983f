namespace LatentConformance.Torch;

// What the operations on z ~ N(0, I), x | z ~ N(W z, s² I) share: p(z | x) has the precision A = I + WᵀW / s², whatever x is. Covariances
// are factored, not inverted: a Cholesky factor gives determinant and solutions alike.
internal static class LinearGaussian
{
    public static Tensor Precision(Tensor w, Tensor noiseVariance) =>
        eye(w.size(1), dtype: w.dtype, device: w.device) + (w.t().matmul(w) / noiseVariance);

    /// <summary>log |L Lᵀ|.</summary>
    public static Tensor LogDeterminant(Tensor factor) => 2 * factor.diagonal(0, 0, 1).log().sum();

    public static void RefuseUnlessDecoded(Tensor x, Tensor w)
    {
        if (x.size(1) != w.size(0))
        {
            throw new RefusalException($"x has {x.size(1)} features and w {w.size(0)} rows");
        }
    }

    public static void RefuseUnlessModelFits(Tensor x, Tensor w, Tensor mu, Tensor logvar)
    {
        Shapes.RefuseUnlessSame(mu, logvar);
        if (x.size(1) != w.size(0) || w.size(1) != mu.size(1) || x.size(0) != mu.size(0))
        {
            throw new RefusalException($"x {Shapes.Show(x)}, w {Shapes.Show(w)} and mu {Shapes.Show(mu)} are not of one model");
        }
    }
}

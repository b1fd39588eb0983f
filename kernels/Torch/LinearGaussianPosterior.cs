namespace LatentConformance.Torch;

// p(z | x) = N(S Wᵀx / s², S), S = (I + WᵀW / s²)⁻¹.
public static class LinearGaussianPosterior
{
    [Kernel("linear_gaussian_posterior")]
    public static (Tensor Mean, Tensor Covariance) Forward(Tensor x, Tensor w, Tensor noiseVariance)
    {
        LinearGaussian.RefuseUnlessDecoded(x, w);
        var covariance = cholesky_inverse(linalg.cholesky(LinearGaussian.Precision(w, noiseVariance)));
        return (x.matmul(w).matmul(covariance) / noiseVariance, covariance);
    }
}

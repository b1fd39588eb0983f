namespace LatentConformance.Torch;

// log p(x) = −½ (M log 2π + log |C| + xᵀC⁻¹x), C = W Wᵀ + s² I.
public static class LinearGaussianLogEvidence
{
    [Kernel("linear_gaussian_log_evidence")]
    public static Tensor Forward(Tensor x, Tensor w, Tensor noiseVariance)
    {
        LinearGaussian.RefuseUnlessDecoded(x, w);
        var features = w.size(0);
        var factor = linalg.cholesky(w.matmul(w.t()) + (noiseVariance * eye(features, dtype: w.dtype, device: w.device)));
        var quadratic = (x.t() * cholesky_solve(x.t(), factor)).sum(dim: 0);
        return -0.5 * (quadratic + LinearGaussian.LogDeterminant(factor) + (features * Math.Log(2 * Math.PI)));
    }
}

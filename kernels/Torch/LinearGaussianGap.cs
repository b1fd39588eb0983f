namespace LatentConformance.Torch;

// KL(q ‖ p(z | x)) = ½ (tr(A V) + δᵀA δ − D − log |A| − Σ lv), δ = m − μ, V = diag e^lv, A = L Lᵀ the precision of z given x.
public static class LinearGaussianGap
{
    [Kernel("linear_gaussian_gap")]
    public static Tensor Forward(Tensor x, Tensor w, Tensor noiseVariance, Tensor mu, Tensor logvar)
    {
        LinearGaussian.RefuseUnlessModelFits(x, w, mu, logvar);
        var precision = LinearGaussian.Precision(w, noiseVariance);
        var factor = linalg.cholesky(precision);
        var mode = cholesky_solve(x.matmul(w).t() / noiseVariance, factor).t();
        var trace = exp(logvar).matmul(precision.diagonal(0, 0, 1));
        var quadratic = (mode - mu).matmul(factor).square().sum(-1);
        return 0.5 * (trace + quadratic - LinearGaussian.LogDeterminant(factor) - (logvar + 1).sum(-1));
    }
}

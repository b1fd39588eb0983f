namespace LatentConformance.Torch;

// E_q[log p(x | z)] = −½ (M log 2πs² + (‖x − Wμ‖² + Σ_j σ_j² ‖w_j‖²) / s²); the ELBO subtracts KL(q ‖ N(0, I)).
public static class LinearGaussianElbo
{
    [Kernel("linear_gaussian_elbo")]
    public static (Tensor Elbo, Tensor Reconstruction, Tensor Kl) Forward(
        Tensor x, Tensor w, Tensor noiseVariance, Tensor mu, Tensor logvar)
    {
        LinearGaussian.RefuseUnlessModelFits(x, w, mu, logvar);
        var misfit = (x - F.linear(mu, w)).square().sum(-1) + exp(logvar).matmul(w.square().sum(dim: 0));
        var reconstruction = -0.5 * ((x.size(1) * log(2 * Math.PI * noiseVariance)) + (misfit / noiseVariance));
        var kl = KlStandard.Forward(mu, logvar);
        return (reconstruction - kl, reconstruction, kl);
    }
}

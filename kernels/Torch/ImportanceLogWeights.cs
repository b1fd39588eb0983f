namespace LatentConformance.Torch;

// log p(x|z_k) + log p(z_k) − log q(z_k|x): each once, over every column of the latent.
public static class ImportanceLogWeights
{
    [Kernel("importance_log_weights")]
    public static Tensor Forward(Tensor logLikelihood, Tensor z, Tensor mu, Tensor logvar)
    {
        Shapes.RefuseUnlessSame(mu, logvar);
        if (!z.shape.AsSpan(0, 2).SequenceEqual(logLikelihood.shape) || z.size(0) != mu.size(0) || z.size(2) != mu.size(1))
        {
            throw new RefusalException(
                $"draws {Shapes.Show(z)} of latents {Shapes.Show(mu)} with likelihoods {Shapes.Show(logLikelihood)}");
        }

        return logLikelihood - Gaussian.LogRatioToPrior(z, mu.unsqueeze(1), logvar.unsqueeze(1)).sum(-1);
    }
}

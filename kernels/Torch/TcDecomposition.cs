namespace LatentConformance.Torch;

// ℓ_ijd = log q(z_id|x_j), L = log(N B): log q(z_i) ≈ lse_j Σ_d ℓ_ijd − L and log Π_d q(z_id) ≈ Σ_d (lse_j ℓ_ijd − L). Both sums are
// taken in logarithms: far from a posterior its density is zero in any float.
public static class TcDecomposition
{
    [Kernel("tc_decomposition")]
    public static (Tensor MutualInformation, Tensor TotalCorrelation, Tensor DimensionKl) Forward(
        Tensor z, Tensor mu, Tensor logvar, long datasetSize)
    {
        Shapes.RefuseUnlessSame(z, mu, logvar);
        Refuse.UnlessPositive("dataset_size", datasetSize);
        var each = Gaussian.LogDensity(z.unsqueeze(1), mu, logvar);
        var size = Math.Log((double)datasetSize * Math.Max(z.size(0), 1));
        var joint = each.sum(-1).logsumexp(1) - size;
        var product = (each.logsumexp(1) - size).sum(-1);
        return (
            Gaussian.LogDensity(z, mu, logvar).sum(-1) - joint,
            joint - product,
            product - Gaussian.LogPrior(z).sum(-1));
    }
}

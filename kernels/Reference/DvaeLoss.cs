using LatentConformance.Contract;

namespace LatentConformance.Reference;

// (Σ_d r_d + β Σ_t kl_t) / D. Averaged over its T positions first, the KL would need the weight β T / D, 1/192 of β for
// 32² positions of a 256² picture in colours: β means nothing without both reductions. ∂/∂r = 1/D, ∂/∂kl = β/D.
public sealed partial class ReferenceKernels
{
    public Tensor DvaeLoss(Tensor reconstruction, Tensor kl, double beta)
    {
        var (dimensions, positions) = RefuseUnlessDvae(reconstruction, kl, beta);
        return Answers.Floats([kl.Shape[0]], Answers.Each(kl.Shape[0], b => Real.Terms(
            Answers.Sum(dimensions, d => reconstruction[b, d]) / dimensions,
            beta * Answers.Sum(positions, t => kl[b, t]) / dimensions)));
    }

    /// <summary>By a division, or by 1/D rounded before.</summary>
    public (Tensor? DReconstruction, Tensor? DKl) DvaeLossVjp(Tensor reconstruction, Tensor kl, double beta, Tensor dLoss)
    {
        var (dimensions, positions) = RefuseUnlessDvae(reconstruction, kl, beta);
        var share = 1 / (Real)dimensions;
        return (
            Answers.Like(reconstruction, i => (dLoss[i / dimensions] * share).Knowing(dLoss[i / dimensions] / dimensions)),
            Answers.Like(kl, i => (Real)dLoss[i / positions] * beta * share));
    }

    private static (int Dimensions, int Positions) RefuseUnlessDvae(Tensor reconstruction, Tensor kl, double beta)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        Refuse.UnlessPositive("the number of dimensions", reconstruction.Shape[1]);
        return reconstruction.Shape[0] == kl.Shape[0]
            ? (reconstruction.Shape[1], kl.Shape[1])
            : throw new RefusalException($"reconstructions of {reconstruction.Shape[0]} samples and KLs of {kl.Shape[0]}");
    }
}

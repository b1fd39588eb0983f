namespace LatentConformance.Torch;

// ‖sg(z) − e‖² + β · ‖z − sg(e)‖²: one search for both, equal in value, apart in where they pull.
public static class VqLoss
{
    [Kernel("vq_loss")]
    public static (Tensor Loss, Tensor CodebookTerm, Tensor CommitmentTerm) Forward(Tensor z, Tensor codebook, double beta)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        var (codes, _) = NearestCode.Of(z, codebook);
        var learning = (z.detach() - codes).square().sum(-1);
        var commitment = (z - codes.detach()).square().sum(-1);
        return (learning + (beta * commitment), learning, commitment);
    }
}

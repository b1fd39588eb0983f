namespace LatentConformance.Torch;

// ‖z − sg(e)‖², e the nearest code: moves the encoder, never the codes.
public static class CommitmentLoss
{
    [Kernel("commitment_loss")]
    [Detached("codebook")]
    public static Tensor Forward(Tensor z, Tensor codebook)
    {
        var (codes, _) = NearestCode.Of(z, codebook.detach());
        return (z - codes).square().sum(-1);
    }
}

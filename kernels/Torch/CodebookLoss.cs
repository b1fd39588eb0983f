namespace LatentConformance.Torch;

// ‖sg(z) − e‖², e the nearest code: moves the chosen codes, never the encoder.
public static class CodebookLoss
{
    [Kernel("codebook_loss")]
    [Detached("z")]
    public static Tensor Forward(Tensor z, Tensor codebook)
    {
        var (codes, _) = NearestCode.Of(z, codebook);
        return (z.detach() - codes).square().sum(-1);
    }
}

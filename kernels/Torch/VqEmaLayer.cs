namespace LatentConformance.Torch;

// z + sg(e − z) and β · mean (z − sg(e))², both of the codebook as it came in; then ema_update with the same indices. The statistics
// are of sg(z): nothing that is made of the new codebook reaches z.
public static class VqEmaLayer
{
    [Kernel("vq_ema_layer")]
    [Detached("codebook")]
    public static (Tensor Quantized, Tensor Indices, Tensor Loss, Tensor NewCodebook, Tensor NewCounts, Tensor NewSums) Forward(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, double beta, double decay, double epsilon)
    {
        CodebookShapes.RefuseUnlessState(codebook, counts, sums, z.shape[1]);
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        if (z.shape[0] == 0)
        {
            throw new RefusalException("the mean of no rows is not a number");
        }

        var (codes, indices) = NearestCode.Of(z, codebook.detach());
        var (newCounts, newSums, newCodebook) = EmaUpdate.Forward(counts, sums, z, indices, decay, epsilon);
        return (Through.Of(z, codes), indices, beta * F.mse_loss(z, codes), newCodebook, newCounts, newSums);
    }
}

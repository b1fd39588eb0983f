namespace LatentConformance.Torch;

// Over the rows whose mask is 1: z + sg(e − z), and the mean of (sg(z) − e)² + β · (z − sg(e))². Padding is filled with zeros before
// it is squared and counted out of the mean; it comes back as it went in.
public static class VqLayer
{
    [Kernel("vq_layer")]
    [Detached("codebook")]
    public static (Tensor Quantized, Tensor Indices, Tensor Loss) Forward(
        Tensor z, Tensor codebook, double beta, Tensor mask, long training)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        Refuse.UnlessSwitch("training", training);
        CodebookShapes.RefuseUnlessMask(z, mask);
        if (training == 1 && z.shape[0] == 0)
        {
            throw new RefusalException("the mean of no rows is not a number");
        }

        var (codes, indices) = NearestCode.Of(z, codebook);
        var isPadding = mask.eq(0);
        var loss = training == 1
            ? MeanSquare(z.detach() - codes, isPadding) + (beta * MeanSquare(z - codes.detach(), isPadding))
            : tensor(0.0, dtype: z.dtype, device: z.device);
        return (where(isPadding.unsqueeze(-1), z, Through.Of(z, codes)), indices.masked_fill(isPadding, -1), loss);
    }

    private static Tensor MeanSquare(Tensor apart, Tensor isPadding) =>
        apart.masked_fill(isPadding.unsqueeze(-1), 0).square().sum() / (isPadding.logical_not().sum() * apart.shape[1]);
}

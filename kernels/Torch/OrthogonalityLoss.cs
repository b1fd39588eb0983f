namespace LatentConformance.Torch;

// The mean of (ê_i·ê_j)² over all pairs of the M selected codes and over the heads, less the 1/M of the codes with themselves. A
// code of zeros is divided by 1e-12 and stays one.
public static class OrthogonalityLoss
{
    [Kernel("orthogonality_loss")]
    public static Tensor Forward(Tensor codebook, Tensor selected)
    {
        if (selected.shape[0] == 0 || codebook.shape[0] == 0)
        {
            throw new RefusalException("there are no codes to compare");
        }

        var codes = Directions.Of(codebook.index_select(1, selected), 1e-12);
        return matmul(codes, codes.transpose(1, 2)).square().mean() - (1.0 / selected.shape[0]);
    }
}

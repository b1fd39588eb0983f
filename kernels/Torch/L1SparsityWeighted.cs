namespace LatentConformance.Torch;

// Σ_j |h_j| ‖column j of the decoder‖: halved codes with doubled columns cost the same. A column of zeros is not pulled.
public static class L1SparsityWeighted
{
    [Kernel("l1_sparsity_weighted")]
    public static Tensor Forward(Tensor h, Tensor decoder)
    {
        if (decoder.size(1) != h.size(1))
        {
            throw new RefusalException($"a decoder {Shapes.Show(decoder)} for {h.size(1)} features; a feature is a column");
        }

        return h.abs().matmul(decoder.norm(dim: 0));
    }
}

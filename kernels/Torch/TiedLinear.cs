namespace LatentConformance.Torch;

// (x wᵀ) w: one matrix encodes and decodes, and collects the gradient of both uses.
public static class TiedLinear
{
    [Kernel("tied_linear")]
    public static Tensor Forward(Tensor x, Tensor w)
    {
        if (w.size(1) != x.size(1))
        {
            throw new RefusalException($"weights {Shapes.Show(w)} for inputs {Shapes.Show(x)}");
        }

        return F.linear(x, w).matmul(w);
    }
}

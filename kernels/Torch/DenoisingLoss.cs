namespace LatentConformance.Torch;

// ‖(x + noise) wᵀ − x‖²: what goes in is noisy, what is asked for is clean.
public static class DenoisingLoss
{
    [Kernel("denoising_loss")]
    public static Tensor Forward(Tensor x, Tensor noise, Tensor w)
    {
        Shapes.RefuseUnlessSame(x, noise);
        if (w.size(0) != x.size(1) || w.size(1) != x.size(1))
        {
            throw new RefusalException($"w has shape {Shapes.Show(w)} for {x.size(1)} dimensions");
        }

        return SquaredErrorSum.Forward(x, F.linear(x + noise, w));
    }
}

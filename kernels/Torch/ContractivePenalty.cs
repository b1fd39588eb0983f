namespace LatentConformance.Torch;

// Σ_j s_j² ‖w_j‖², s = h (1 − h) the slope of h = sigmoid(a). 1 − h is taken as sigmoid(−a): near saturation the difference is roundoff.
public static class ContractivePenalty
{
    [Kernel("contractive_penalty")]
    public static Tensor Forward(Tensor x, Tensor w, Tensor b)
    {
        if (w.size(1) != x.size(1) || b.size(0) != w.size(0))
        {
            throw new RefusalException($"weights {Shapes.Show(w)} and bias {Shapes.Show(b)} for inputs {Shapes.Show(x)}");
        }

        var a = F.linear(x, w, b);
        return (sigmoid(a) * sigmoid(-a)).square().matmul(w.square().sum(-1));
    }
}

namespace LatentConformance.Torch;

// Forward the one-hot of argmax (logits + g), backward the soft y. As onehot + (y − sg(y)) its value is the one-hot exactly; the argmax
// is of what goes under the softmax, where nearly equal classes are still apart.
public static class GumbelSoftmaxHard
{
    [Kernel("gumbel_softmax_hard")]
    public static (Tensor Y, Tensor Indices) Forward(Tensor logits, Tensor uniforms, double temperature)
    {
        var perturbed = Gumbel.Perturbed(logits, uniforms, temperature);
        var y = (perturbed / temperature).softmax(-1);
        var (oneHot, indices) = Gumbel.Largest(perturbed);
        return (oneHot + (y - y.detach()), indices);
    }
}

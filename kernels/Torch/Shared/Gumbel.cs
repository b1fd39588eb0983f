namespace LatentConformance.Torch;

// What choices among classes share: the logits under noise, the one-hot of the first largest, and what is refused.
internal static class Gumbel
{
    public static Tensor Perturbed(Tensor logits, Tensor uniforms, double temperature)
    {
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        return logits - log(log(uniforms).neg_());
    }

    public static (Tensor OneHot, Tensor Indices) Largest(Tensor scores)
    {
        var indices = scores.argmax(-1);
        return (F.one_hot(indices, scores.size(1)).to(scores.dtype), indices);
    }

    public static void RefuseUnlessRelaxed(Tensor logits, Tensor uniforms, double temperature)
    {
        Shapes.RefuseUnlessSame(logits, uniforms);
        RefuseUnlessClasses(logits);
        Refuse.UnlessPositive("temperature", temperature);
    }

    public static void RefuseUnlessClasses(Tensor logits)
    {
        if (logits.size(1) == 0)
        {
            throw new RefusalException("there are no classes to choose from");
        }
    }
}

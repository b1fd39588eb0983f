namespace LatentConformance.Torch;

// k = argmax_k ẑ·ê_k, x̂ = x / max(‖x‖, ε). Not the nearest direction: a code of zeros would be nearer than any beyond 60 degrees.
public static class VqAssignCosine
{
    [Kernel("vq_assign_cosine")]
    public static Tensor Forward(Tensor z, Tensor codebook, double epsilon)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[1], codebook);
        Refuse.UnlessPositive("epsilon", epsilon);
        return matmul(Directions.Of(z.detach(), epsilon), Directions.Of(codebook.detach(), epsilon).t()).argmax(-1);
    }
}

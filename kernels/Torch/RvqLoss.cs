namespace LatentConformance.Torch;

// Σ_i ‖r_i − sg(q_i)‖², r_i = z − Σ_{j<i} sg(q_j): every stage pulls z, none moves a codebook.
public static class RvqLoss
{
    [Kernel("rvq_loss")]
    [Detached("codebooks")]
    public static Tensor Forward(Tensor z, Tensor codebooks)
    {
        CodebookShapes.RefuseUnlessCodebooks(codebooks);
        return Residuals.Of(z, codebooks.unbind()).Select(s => (s.Left - s.Code).square().sum(-1)).Aggregate((sum, loss) => sum + loss);
    }
}

namespace LatentConformance.Torch;

// argmin_k ½‖e_k − c‖² − (z − c)·(e_k − c): as a matrix product, a few rows at a time, so that the N × K scores are never all there.
// c is the codes' mean: what is lost to cancellation goes with the norms, and those are smallest there. The best two by score are
// measured again in float64, so that roundoff decides no tie; of equals the lowest code stays. A code that is no number is nearest: it shows.
public static class VqAssign
{
    // Scores held at once: 256 MiB of float32.
    private const long Held = 1L << 26;

    [Kernel("vq_assign")]
    public static Tensor Forward(Tensor z, Tensor codebook)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[1], codebook);
        using var quiet = no_grad();
        var (vectors, codes) = (Widened.Of(z.detach()), Widened.Of(codebook.detach()));
        var centre = where(codes.isfinite(), codes, zeros_like(codes)).mean([0], keepdim: true);
        var moved = codes - centre;
        var halfNorms = 0.5 * (moved * moved).sum(1);
        var (count, step) = (z.shape[0], Math.Max(1, Held / codebook.shape[0]));
        var indices = empty(count, dtype: int64, device: z.device);
        for (long from = 0; from < count; from += step)
        {
            // What a chunk made goes before the next begins.
            using var scope = NewDisposeScope();
            var rows = vectors.narrow(0, from, Math.Min(step, count - from));
            var scores = halfNorms.addmm(rows - centre, moved.t(), alpha: -1);
            indices.narrow(0, from, rows.shape[0]).copy_(Nearer(rows, codes, scores));
        }

        return indices;
    }

    private static Tensor Nearer(Tensor rows, Tensor codes, Tensor scores)
    {
        var first = scores.argmin(1, keepdim: true);
        if (codes.shape[0] == 1)
        {
            return first.squeeze(1);
        }

        var second = scores.scatter_(1, first, full_like(first, double.PositiveInfinity, dtype: scores.dtype)).argmin(1, keepdim: true);
        var (a, b) = (Distance(rows, codes, first), Distance(rows, codes, second));
        return where((b < a).logical_or((b == a).logical_and(second.squeeze(1) < first.squeeze(1))), second.squeeze(1), first.squeeze(1));
    }

    private static Tensor Distance(Tensor rows, Tensor codes, Tensor index)
    {
        var apart = rows.to(float64) - codes.index_select(0, index.squeeze(1)).to(float64);
        return (apart * apart).sum(1);
    }
}

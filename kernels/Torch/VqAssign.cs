namespace LatentConformance.Torch;

// argmin_k ‖z − e_k‖². Little work is done as it is written: differences, squared and summed. Much is a matrix product, ½‖e_k − c‖² −
// (z − c)·(e_k − c), a few rows at a time, so that the N × K scores are never all there. c is the codes' mean: what is lost to cancellation
// goes with the norms, and those are smallest there. Where roundoff may have decided between the best two the row is measured after all, in
// float64. Of equals the lowest code stays. A code that is no number is nearest: it shows.
public static class VqAssign
{
    // Differences that are measured without asking what a product would cost.
    private const long Little = 1L << 24;

    [Kernel("vq_assign")]
    public static Tensor Forward(Tensor z, Tensor codebook)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[1], codebook);
        using var quiet = no_grad();
        var (vectors, codes) = (Widened.Of(z.detach()), Widened.Of(codebook.detach()));
        return vectors.shape[0] * codes.NumberOfElements <= Little ? Measured(vectors, codes) : Searched(vectors, codes);
    }

    // Scores at once: 256 MiB of float32; on a CPU 64, in which the threads of the product and those of all else seldom take turns.
    private static long AtOnce(Tensor tensor) => OnCpu(tensor) ? 1L << 24 : 1L << 26;

    private static Tensor Measured(Tensor rows, Tensor codes) => cdist(rows, codes, 2, compute_mode.donot_use_mm_for_euclid_dist).argmin(1);

    private static Tensor Searched(Tensor vectors, Tensor codes)
    {
        var centre = codes.mean([0], keepdim: true);
        var away = (centre - codes).t();
        var halfNorms = 0.5 * away.square().sum([0]);
        var (count, step) = (vectors.shape[0], Math.Max(1, AtOnce(vectors) / codes.shape[0]));
        var held = empty(OnCpu(vectors) ? Math.Min(step, count) : 0, codes.shape[0], dtype: vectors.dtype, device: vectors.device);
        var indices = empty(count, dtype: int64, device: vectors.device);
        var isSure = empty(count, dtype: @bool, device: vectors.device);
        for (long from = 0; from < count; from += step)
        {
            // What a chunk made goes before the next begins.
            using var scope = NewDisposeScope();
            var rows = vectors.narrow(0, from, Math.Min(step, count - from)) - centre;
            var scores = Scores(held, rows, away, halfNorms);
            var (least, first) = scores.min(1, keepdim: true);
            var second = scores.scatter_(1, first, full_like(least, double.PositiveInfinity)).amin([1], keepdim: true);
            indices.narrow(0, from, rows.shape[0]).copy_(first.squeeze(1));
            isSure.narrow(0, from, rows.shape[0]).copy_((second - least).gt(Roundoff(rows, halfNorms)).squeeze(1));
        }

        var doubtful = isSure.logical_not().nonzero().squeeze(1);
        for (long from = 0; from < doubtful.shape[0]; from += step)
        {
            using var scope = NewDisposeScope();
            var rows = doubtful.narrow(0, from, Math.Min(step, doubtful.shape[0] - from));
            indices.index_copy_(0, rows, Measured(vectors.index_select(0, rows).to(float64), codes.to(float64)));
        }

        return indices;
    }

    // A GPU adds the norms on its way out of the product, and has its memory back at once. A CPU's addmm lays them out first, and its pages
    // are asked of the system: there the scores are held from chunk to chunk.
    private static Tensor Scores(Tensor held, Tensor rows, Tensor away, Tensor halfNorms) => OnCpu(rows)
        ? held.narrow(0, 0, rows.shape[0]).addmm_(rows, away, beta: 0).add_(halfNorms)
        : halfNorms.addmm(rows, away);

    private static bool OnCpu(Tensor tensor) => tensor.device.type == DeviceType.CPU;

    // Of two scores: a few roundings each, and √D for the sum of D terms with independent errors, of (‖z‖ + ‖e‖) ‖e‖, ‖e‖ the largest.
    private static Tensor Roundoff(Tensor rows, Tensor halfNorms)
    {
        var largest = (2 * halfNorms.max()).sqrt();
        var unit = 2 * (2 + Math.Sqrt(rows.shape[1])) * (rows.dtype == float64 ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23));
        return (rows.norm(1, keepdim: true) + largest) * (largest * unit);
    }
}

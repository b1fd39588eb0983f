namespace LatentConformance.Torch;

// argmin_k ‖z − e_k‖². Little work is done as it is written: differences, squared and summed. Much is a matrix product, ½‖e_k − c‖² −
// (z − c)·(e_k − c), a few rows at a time, so that the N × K scores are never all there. c is the codes' mean: what is lost to cancellation
// goes with the norms, and those are smallest there. The best two are measured again in float64, so that roundoff decides no tie of two, and all
// of it stays on the device. Of equals the lowest code stays. A code that is no number is nearest: it shows.
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

    // Vectors at once: so many that the threads of a CPU's product and those of all else seldom take turns, and so few that what is measured
    // again stays in its caches; a GPU takes 256 MiB of scores in float32.
    private static long AtOnce(Tensor vectors, long codes) => OnCpu(vectors) ? Math.Min(1L << 11, (1L << 24) / codes) : (1L << 26) / codes;

    private static Tensor Measured(Tensor rows, Tensor codes) => cdist(rows, codes, 2, compute_mode.donot_use_mm_for_euclid_dist).argmin(1);

    private static Tensor Searched(Tensor vectors, Tensor codes)
    {
        var centre = codes.mean([0], keepdim: true);
        var away = (centre - codes).t();
        var halfNorms = 0.5 * away.square().sum([0]);
        var (count, step) = (vectors.shape[0], Math.Max(1, AtOnce(vectors, codes.shape[0])));
        var held = empty(OnCpu(vectors) ? Math.Min(step, count) : 0, codes.shape[0], dtype: vectors.dtype, device: vectors.device);
        var indices = empty(count, dtype: int64, device: vectors.device);
        for (long from = 0; from < count; from += step)
        {
            // What a chunk made goes before the next begins.
            using var scope = NewDisposeScope();
            var rows = vectors.narrow(0, from, Math.Min(step, count - from));
            var scores = Scores(held, rows - centre, away, halfNorms);
            var (least, first) = scores.min(1, keepdim: true);
            var (_, second) = scores.scatter_(1, first, full_like(least, double.PositiveInfinity)).min(1, keepdim: true);
            indices.narrow(0, from, rows.shape[0]).copy_(Nearer(rows, codes, first.squeeze(1), second.squeeze(1)));
        }

        return indices;
    }

    private static Tensor Nearer(Tensor rows, Tensor codes, Tensor first, Tensor second)
    {
        var (a, b) = (Distance(rows, codes, first), Distance(rows, codes, second));
        return where((b < a).logical_or((b == a).logical_and(second < first)), second, first);
    }

    private static Tensor Distance(Tensor rows, Tensor codes, Tensor index) =>
        (rows.to(float64) - codes.index_select(0, index).to(float64)).square().sum(1);

    // A GPU adds the norms on its way out of the product, and has its memory back at once. A CPU's addmm lays them out first, and its pages
    // are asked of the system: there the scores are held from chunk to chunk.
    private static Tensor Scores(Tensor held, Tensor rows, Tensor away, Tensor halfNorms) => OnCpu(rows)
        ? held.narrow(0, 0, rows.shape[0]).addmm_(rows, away, beta: 0).add_(halfNorms)
        : halfNorms.addmm(rows, away);

    private static bool OnCpu(Tensor tensor) => tensor.device.type == DeviceType.CPU;
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Of the n rows that are no padding: quantized = z + sg(e − z), loss = 1/(n D) Σ (sg(z) − e)² + β (z − sg(e))², 0 where training is 0. So
// ∂z = the estimator's, + β · 2 (z − e)/(n D) · d_loss, ∂e = 2 (e − z)/(n D) · d_loss; under "legacy" β is the codebook's.
public sealed partial class ReferenceKernels : IQuantizerLayer
{
    public (Tensor? Quantized, Tensor? Indices, Tensor? Loss) VqLayer(Tensor z, Tensor codebook, double beta, Tensor mask, long training)
    {
        var rows = RowsThatCount(z, codebook, beta, mask, training);
        var nearest = Assigned([z.Shape[0]], i => Row(z, i), z.Shape[0], codebook);
        var tolerance = nearest.Tolerance! with { Alternatives = [.. nearest.Tolerance.Alternatives.Where(a => rows.Contains(a.Element))] };
        var indices = new Tensor(nearest.Shape.ToArray(), [.. Enumerable.Range(0, z.Shape[0]).Select(i => rows.Contains(i) ? nearest.Int64[i] : -1)]) { Tolerance = tolerance };
        var quantized = Answers.Matrix(z.Shape[0], z.Shape[1], (i, j) =>
            rows.Contains(i) ? Snapped(z[i, j], codebook[(int)indices.Int64[i], j]) : z[i, j]);
        return (quantized, indices, Answers.Scalar(training == 0 ? 0 : MeanDistance(z, codebook, indices, rows, 1 + (Real)beta)));
    }

    public (Tensor? DZ, Tensor? DCodebook) VqLayerVjp(
        Tensor z, Tensor codebook, double beta, Tensor mask, long training, Tensor dQuantized, double dLoss)
    {
        var rows = RowsThatCount(z, codebook, beta, mask, training);
        var legacy = conventions.Beta == "legacy";
        return PastTheLayer(z, codebook, rows, dQuantized, training * dLoss, toEncoder: legacy ? 1 : beta, toCodebook: legacy ? beta : 1);
    }

    private static Real MeanDistance(Tensor z, Tensor codebook, Tensor indices, HashSet<int> rows, Real weight) =>
        Real.Sum([.. rows.Select(i => weight * DirectDistance(Row(z, i), codebook, (int)indices.Int64[i]))]) / ((double)rows.Count * z.Shape[1]);

    private (Tensor DZ, Tensor DCodebook) PastTheLayer(
        Tensor z, Tensor codebook, HashSet<int> rows, Tensor dQuantized, double dLoss, double toEncoder, double toCodebook)
    {
        Refuse.UnlessSameShape(z, dQuantized);
        var (n, d) = (z.Shape[0], z.Shape[1]);
        var indices = Assigned([n], i => Row(z, i), n, codebook);
        Real Pull(int i, int j) => dLoss / ((Real)rows.Count * d) * (2 * ((Real)z[i, j] - codebook[(int)indices.Int64[i], j]));
        var members = rows.ToLookup(i => (int)indices.Int64[i]);
        return (
            RowByRow(z, i => rows.Contains(i)
                ? [.. PastTheQuantizer(Row(z, i), Row(codebook, (int)indices.Int64[i]), Row(dQuantized, i)).Select((g, j) => Real.Terms(g, toEncoder * Pull(i, j)))]
                : [.. Row(dQuantized, i).Select(g => (Real)g)]),
            Answers.Matrix(codebook.Shape[0], d, (k, j) => Real.Sum([.. members[k].Select(i => -(toCodebook * Pull(i, j)))])));
    }

    private static HashSet<int> RowsThatCount(Tensor z, Tensor codebook, double beta, Tensor mask, long training)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        if (mask.Count != z.Shape[0] || !Array.TrueForAll(mask.ToDoubles(), m => m is 0 or 1))
        {
            throw new RefusalException("a mask holds 0 and 1 only, one for each row of z");
        }

        if (training is not (0 or 1))
        {
            throw new RefusalException($"training is {training}; it is 0 or 1");
        }

        HashSet<int> rows = [.. Enumerable.Range(0, z.Shape[0]).Where(i => mask[i] == 1)];
        return rows.Count > 0 || training == 0 ? rows : throw new RefusalException("the mean of no rows is not a number");
    }
}

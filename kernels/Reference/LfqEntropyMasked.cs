using LatentConformance.Contract;

namespace LatentConformance.Reference;

// lfq_entropy of the tokens whose mask is 1, all others gone before anything is averaged: zeros in their place would still
// count, as samples that are sure of nothing and as mass in p̄. Their gradient is zero.
public sealed partial class ReferenceKernels
{
    public (Tensor? Loss, Tensor? SampleEntropy, Tensor? CodebookEntropy) LfqEntropyMasked(
        Tensor z, Tensor mask, double scale, double inverseTemperature, double gamma)
    {
        var tokens = Kept(z, ValidRows(z, mask));
        RefuseUnlessEntropy(tokens, scale, inverseTemperature, gamma);
        var (entropies, joint) = Entropies(tokens, scale, inverseTemperature);
        var mean = Real.Sum(entropies) / entropies.Length;
        return (Answers.Scalar(Real.Terms(mean, -(gamma * joint))), Answers.Scalar(mean), Answers.Scalar(joint));
    }

    public Tensor LfqEntropyMaskedVjp(
        Tensor z, Tensor mask, double scale, double inverseTemperature, double gamma, double dLoss, double dSampleEntropy, double dCodebookEntropy)
    {
        var rows = ValidRows(z, mask);
        var tokens = Kept(z, rows);
        RefuseUnlessEntropy(tokens, scale, inverseTemperature, gamma);
        var onSample = Real.Terms((Real)dSampleEntropy / rows.Length, (Real)dLoss / rows.Length);
        var slopes = EntropySlopes(
            tokens, scale, inverseTemperature, Answers.Each(rows.Length, _ => onSample), (dCodebookEntropy - (gamma * (Real)dLoss)) / rows.Length);
        return Scattered(slopes, rows, z);
    }

    private static Tensor Kept(Tensor z, int[] rows) => new([rows.Length, z.Shape[1]], [.. rows.SelectMany(n => Row(z, n))]);

    /// <summary>The rows back in their places, zero in all others.</summary>
    private static Tensor Scattered(Tensor rows, int[] places, Tensor like)
    {
        Real At(int n, int j) => new(rows[n, j], rows.Tolerance!.Ordinary[(n * rows.Shape[1]) + j], 0);
        var answer = Answers.Matrix(like.Shape[0], like.Shape[1], (n, j) => Array.IndexOf(places, n) is >= 0 and var from ? At(from, j) : 0);
        return new Tensor(answer.Shape.ToArray(), answer.ToDoubles()) { Tolerance = answer.Tolerance! with { Peak = rows.Tolerance!.Peak } };
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// L = (1/H) Σ_h (1/M²) Σ_ij (ê_i·ê_j)² − 1/M. ∂ê_i = 4/(H M²) Σ_j (ê_i·ê_j) ê_j, then back through ê = e/‖e‖, which takes the code's
// own direction out; a code that is selected twice gathers both. A code of zeros has the direction 0, and 0/0 is not computed.
public sealed partial class ReferenceKernels
{
    /// <summary>Any length below that of a code does: of zeros it makes zeros.</summary>
    private const double OfNoLength = 1e-12;

    public Tensor OrthogonalityLoss(Tensor codebook, Tensor selected)
    {
        RefuseUnlessSelected(codebook, selected);
        var codes = selected.Count;
        var squares =
            from head in Codebooks.Each(codebook)
            let directions = Array.ConvertAll(Picked(head, selected), c => c.Direction)
            from a in directions
            from b in directions
            let cosine = UnitVector.Dot(a, b)
            select cosine * cosine;
        return Answers.Scalar(Real.Terms(Real.Sum([.. squares]) / ((double)codebook.Shape[0] * codes * codes), -(1 / (Real)codes)));
    }

    public Tensor OrthogonalityLossVjp(Tensor codebook, Tensor selected, double dLoss)
    {
        RefuseUnlessSelected(codebook, selected);
        var (size, width, codes) = (codebook.Shape[1], codebook.Shape[2], selected.Count);
        var weight = 4 * (Real)dLoss / ((double)codebook.Shape[0] * codes * codes);
        var pulls = Array.ConvertAll(Codebooks.Each(codebook), head =>
        {
            var picked = Picked(head, selected);
            return Array.ConvertAll(picked, one =>
            {
                var cosines = Array.ConvertAll(picked, other => UnitVector.Dot(one.Direction, other.Direction));
                return one.Backward(Answers.Each(width, j => weight * Answers.Sum(codes, m => cosines[m] * picked[m].Direction[j])));
            });
        });
        var places = Enumerable.Range(0, codes).ToLookup(m => selected.Int64[m]);
        return Answers.Like(codebook, i =>
            Real.Sum([.. places[i / width % size].Select(m => pulls[i / (size * width)][m][i % width])]));
    }

    private static UnitVector[] Picked(Tensor head, Tensor selected) =>
        [.. selected.Int64.ToArray().Select(k => UnitVector.Of(Row(head, (int)k), OfNoLength))];

    private static void RefuseUnlessSelected(Tensor codebook, Tensor selected)
    {
        Refuse.UnlessCodes(selected, codebook.Shape[1]);
        if (selected.Count == 0 || codebook.Shape[0] == 0)
        {
            throw new RefusalException("there are no codes to compare");
        }
    }
}

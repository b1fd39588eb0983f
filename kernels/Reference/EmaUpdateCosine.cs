using LatentConformance.Contract;

namespace LatentConformance.Reference;

// x̂ = x / max(‖x‖, ε). d_k = the direction of the mean of ẑ over the vectors of k; e_k ← the direction of γ e_k + (1 − γ) d_k; where
// n_k = 0 the code stays. Vectors that cancel have no direction: d_k is 0 then, and e_k stays too. Detached: no gradient.
public sealed partial class ReferenceKernels
{
    public Tensor EmaUpdateCosine(Tensor codebook, Tensor z, Tensor indices, double decay, double epsilon)
    {
        RefuseUnlessOnASphere(z, codebook, epsilon);
        Refuse.UnlessDecay(decay);
        var members = Assignments(z, indices, codebook.Shape[0]).ToLookup(a => a.Code, a => new UnitVector(a.Vector, epsilon).Direction);
        return RowByRow(codebook, k =>
        {
            var code = Answers.Each(codebook.Shape[1], j => codebook[k, j]);
            Real[] Blended(IReadOnlyList<Real> towards) =>
                new UnitVector(Answers.Each(code.Length, j => CodebookState.Blend(code[j], towards[j], decay)), epsilon).Direction;

            // Code that blends an unused code with itself keeps it up to the roundings of that.
            return members.Contains(k)
                ? Blended(Towards([.. members[k]], epsilon))
                : [.. Blended(code).Zip(code, (blended, kept) => blended.Knowing(kept.Value))];
        });
    }

    private static Real[] Towards(Real[][] directions, double epsilon) =>
        new UnitVector(Answers.Each(directions[0].Length, j => Real.Sum([.. directions.Select(d => d[j])]) / directions.Length), epsilon).Direction;
}

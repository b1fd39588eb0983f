using LatentConformance.Contract;

namespace LatentConformance.Reference;

// codebook ‖sg(z) − e‖² moves only the codes: ∂/∂e = 2 (e − z). commitment ‖z − sg(e)‖² moves only the encoder:
// ∂/∂z = 2 (z − e). Equal in value; vq_loss joins them with β on the commitment term, on the codebook term under "legacy".
public sealed partial class ReferenceKernels
{
    public Tensor CodebookLoss(Tensor z, Tensor codebook) => conventions.Reduce(Distances(z, codebook), z.Shape[1]);

    public (Tensor? DZ, Tensor? DCodebook) CodebookLossVjp(Tensor z, Tensor codebook, Tensor dLoss) =>
        (Answers.Zeros(z), Routed(z, codebook, dLoss, toEncoder: 0, toCodebook: 1).DCodebook);

    public Tensor CommitmentLoss(Tensor z, Tensor codebook) => conventions.Reduce(Distances(z, codebook), z.Shape[1]);

    public (Tensor? DZ, Tensor? DCodebook) CommitmentLossVjp(Tensor z, Tensor codebook, Tensor dLoss) =>
        (Routed(z, codebook, dLoss, toEncoder: 1, toCodebook: 0).DZ, Answers.Zeros(codebook));

    public (Tensor? Loss, Tensor? CodebookTerm, Tensor? CommitmentTerm) VqLoss(Tensor z, Tensor codebook, double beta)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        var distances = Distances(z, codebook);
        var part = conventions.Reduce(distances, z.Shape[1]);
        var joined = conventions.Reduce([.. distances.Select(x => x + (beta * x))], z.Shape[1]);
        return (joined, part, part);
    }

    public (Tensor? DZ, Tensor? DCodebook) VqLossVjp(Tensor z, Tensor codebook, double beta, Tensor dLoss)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        var legacy = conventions.Beta == "legacy";
        return Routed(z, codebook, dLoss, toEncoder: legacy ? 1 : beta, toCodebook: legacy ? beta : 1);
    }

    private Real[] Distances(Tensor z, Tensor codebook)
    {
        var indices = VqAssign(z, codebook);
        return Answers.Each(z.Shape[0], i => DirectDistance(Row(z, i), codebook, (int)indices[i]));
    }

    private (Tensor DZ, Tensor DCodebook) Routed(Tensor z, Tensor codebook, Tensor dLoss, double toEncoder, double toCodebook)
    {
        var (n, d) = (z.Shape[0], z.Shape[1]);
        var indices = VqAssign(z, codebook);
        Real Pull(int i, int j) => conventions.Spread(dLoss, i, n, d) * (2 * ((Real)z[i, j] - codebook[(int)indices[i], j]));
        var members = Enumerable.Range(0, n).ToLookup(i => (int)indices[i]);
        return (
            Answers.Matrix(n, d, (i, j) => toEncoder * Pull(i, j)),
            Answers.Matrix(codebook.Shape[0], d, (k, j) => Real.Sum([.. members[k].Select(i => -(toCodebook * Pull(i, j)))])));
    }
}

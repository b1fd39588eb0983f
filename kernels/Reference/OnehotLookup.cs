using LatentConformance.Contract;

namespace LatentConformance.Reference;

// w = onehot + p − sg(p), q = w E: the value E_k of the largest p, lowest index on ties. ∂q/∂p_k = E_k for every k and ∂q/∂E_k = onehot_k,
// since w is the one-hot in value. The probabilities are given, so nothing may choose otherwise.
public sealed partial class ReferenceKernels : IQuantizerGradient
{
    public Tensor OnehotLookup(Tensor probabilities, Tensor codebook)
    {
        RefuseUnlessLookedUp(probabilities, codebook);

        // (1 + p) − p errs by two roundings of at most 2.
        var one = new Real(1, new Coefficients(3, 0, 0), 2);
        return Answers.Matrix(probabilities.Shape[0], codebook.Shape[1], (i, j) => one * codebook[MostProbable(probabilities, i), j]);
    }

    public (Tensor? DProbabilities, Tensor? DCodebook) OnehotLookupVjp(Tensor probabilities, Tensor codebook, Tensor dQuantized)
    {
        RefuseUnlessLookedUp(probabilities, codebook);
        var one = new Real(1, new Coefficients(3, 0, 0), 2);
        var members = Enumerable.Range(0, probabilities.Shape[0]).ToLookup(i => MostProbable(probabilities, i));
        return (
            Answers.Matrix(probabilities.Shape[0], probabilities.Shape[1], (i, k) => Answers.Sum(codebook.Shape[1], j => (Real)dQuantized[i, j] * codebook[k, j])),
            Answers.Matrix(codebook.Shape[0], codebook.Shape[1], (k, j) => Real.Sum([.. members[k].Select(i => one * dQuantized[i, j])])));
    }

    private static int MostProbable(Tensor probabilities, int row)
    {
        var best = 0;
        for (var k = 1; k < probabilities.Shape[1]; k++)
        {
            best = probabilities[row, k] > probabilities[row, best] ? k : best;
        }

        return best;
    }

    private static void RefuseUnlessLookedUp(Tensor probabilities, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(codebook.Shape[1], codebook);
        if (probabilities.Shape[1] != codebook.Shape[0])
        {
            throw new RefusalException($"there are {probabilities.Shape[1]} probabilities and {codebook.Shape[0]} codes");
        }
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// e_k ← γ e_k + (1 − γ) · (1/n_k) Σ z over the vectors assigned to k; where n_k = 0 the code stays, to the last bit. The
// mean counts the same whether it is of one vector or of fifty. Detached: no gradient.
public sealed partial class ReferenceKernels : ICodebookLearning
{
    public Tensor EmaUpdateLesson(Tensor codebook, Tensor z, Tensor indices, double decay)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        Refuse.UnlessDecay(decay);
        var members = Assignments(z, indices, codebook.Shape[0]).ToLookup(a => a.Code);
        return Answers.Matrix(codebook.Shape[0], codebook.Shape[1], (k, j) =>
            members.Contains(k) ? CodebookState.Blend(codebook[k, j], MeanOf([.. members[k]], j), decay) : codebook[k, j]);
    }

    private static Real MeanOf(Assignment[] members, int j)
    {
        var mean = Real.Sum([.. members.Select(a => a.Vector[j])]) / members.Length;

        // Multiplying by 1/n rounds once more than dividing.
        return mean with { Error = mean.Error + new Coefficients(Math.Abs(mean.Value), 0, 0) };
    }

    /// <summary>The rows of z with their codes, in order; a code that there is not is refused.</summary>
    private static Assignment[] Assignments(Tensor z, Tensor indices, int codes)
    {
        var width = z.Shape[^1];
        if (width == 0 ? indices.Count > 0 : indices.Count != z.Count / width)
        {
            throw new RefusalException($"shapes differ: vectors {Tensor.Show(z.Shape)} and indices {Tensor.Show(indices.Shape)}");
        }

        Refuse.UnlessCodes(indices, codes);
        var data = z.ToDoubles();
        return [.. Enumerable.Range(0, indices.Count).Select(i => new Assignment((int)indices.Int64[i], Answers.Each(width, j => data[(i * width) + j])))];
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// out = Σ_i e_i[k_i], a stage whose index is −1 left out; ∂/∂e_i[k] = Σ over the samples whose stage i took k.
public sealed partial class ReferenceKernels
{
    public Tensor RvqDecode(Tensor indices, Tensor codebooks)
    {
        var books = BooksOf(indices, codebooks);
        return Answers.Matrix(indices.Shape[0], codebooks.Shape[2], (n, j) => Real.Terms(
            [.. books.Select((book, s) => indices[n, s] < 0 ? (Real)0 : book[(int)indices[n, s], j])]));
    }

    public Tensor RvqDecodeVjp(Tensor indices, Tensor codebooks, Tensor dQuantized)
    {
        BooksOf(indices, codebooks);
        return Codebooks.Scattered(codebooks, indices, (n, j) => dQuantized[n, j]);
    }

    private static Tensor[] BooksOf(Tensor indices, Tensor codebooks)
    {
        var books = Codebooks.Each(codebooks);
        if (indices.Shape[1] != books.Length)
        {
            throw new RefusalException($"{indices.Shape[1]} indices a sample for {books.Length} codebooks");
        }

        foreach (var index in indices.Int64)
        {
            if (index < -1 || index >= codebooks.Shape[1])
            {
                throw new RefusalException($"index {index} is neither -1 nor in [0, {codebooks.Shape[1]})");
            }
        }

        return books;
    }
}

using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// kept = 1 + ⌊u Q⌋. Σ of the first kept codes, the others marked −1; ∂out/∂z = 1 however many are kept. Later stages change
// nothing in earlier ones, so the cascade is that of all stages, cut short. Capacity: log2 K^Q = Q ln K / ln 2; K^Q itself
// passes any number soon.
public sealed partial class ReferenceKernels : IResidualStages
{
    public Tensor QuantizerDropoutStages(Tensor uniforms, long stages)
    {
        RefuseUnlessStages(stages);
        return Drawn(uniforms, Numbers(1, stages));
    }

    public (Tensor? Quantized, Tensor? Indices) RvqQuantizeDropout(Tensor z, Tensor codebooks, Tensor kept)
    {
        var books = BooksKept(z, codebooks, kept);
        var all = Cascades(z, books);
        bool IsKept(int place) => place % books.Length < kept.Int64[place / books.Length];
        var indices = new Tensor(all.Shape.ToArray(), [.. all.Int64.ToArray().Select((k, place) => IsKept(place) ? k : -1)])
        {
            Tolerance = all.Tolerance! with { Alternatives = [.. all.Tolerance!.Alternatives.Where(a => IsKept(a.Element))] },
        };
        return (
            Answers.Matrix(z.Shape[0], z.Shape[1], (n, j) =>
            {
                var stages = books[..(int)kept.Int64[n]];
                return Stacked(z[n, j], Codes(stages, indices, n, j));
            }),
            indices);
    }

    public (Tensor? DZ, Tensor? DCodebooks) RvqQuantizeDropoutVjp(Tensor z, Tensor codebooks, Tensor kept, Tensor dQuantized)
    {
        BooksKept(z, codebooks, kept);
        return (Answers.Like(z, i => dQuantized[i]), Answers.Zeros(codebooks));
    }

    public Tensor RvqCapacityBits(long codebookSize, long stages)
    {
        Refuse.UnlessSize(codebookSize);
        RefuseUnlessStages(stages);
        var size = new Real(codebookSize, new Coefficients(codebookSize, 0, 0), codebookSize);
        return Answers.Scalar(stages * (Log(size) / Log(2)));
    }

    private static Tensor[] BooksKept(Tensor z, Tensor codebooks, Tensor kept)
    {
        var books = BooksFor(z, codebooks);
        if (kept.Count != z.Shape[0])
        {
            throw new RefusalException($"{kept.Count} numbers of stages for {z.Shape[0]} vectors");
        }

        foreach (var stages in kept.Int64)
        {
            if (stages < 1 || stages > books.Length)
            {
                throw new RefusalException($"{stages} stages of {books.Length} are kept; it is 1 to {books.Length}");
            }
        }

        return books;
    }

    private static void RefuseUnlessStages(long stages)
    {
        if (stages is < 1 or > int.MaxValue)
        {
            throw new RefusalException($"{stages} stages; there is at least one");
        }
    }
}

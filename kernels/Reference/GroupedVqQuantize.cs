using LatentConformance.Contract;

namespace LatentConformance.Reference;

// z = [chunk 0 | chunk 1 | …], chunk g the C numbers from g·C on; q = [nearest of codebook g to chunk g]; ∂q/∂z = 1 by the
// straight-through, and nothing for the codebooks.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices) GroupedVqQuantize(Tensor z, Tensor codebooks)
    {
        var books = GroupsOf(z, codebooks);
        var width = codebooks.Shape[2];
        var indices = AssignedByGroup(z, books, width);
        return (
            Answers.Matrix(z.Shape[0], z.Shape[1], (n, j) =>
            {
                var code = books[j / width][(int)indices[n, j / width], j % width];
                return new Real(code, new Coefficients(Math.Abs(code - z[n, j]) + Math.Abs(code), 0, 0), Math.Abs(z[n, j]) + Math.Abs(code));
            }),
            indices);
    }

    public (Tensor? DZ, Tensor? DCodebooks) GroupedVqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        GroupsOf(z, codebooks);
        return (Answers.Like(z, i => dQuantized[i]), Answers.Zeros(codebooks));
    }

    private Tensor AssignedByGroup(Tensor z, Tensor[] books, int width)
    {
        int[] shape = [z.Shape[0], books.Length];
        if (choice is not null)
        {
            return new Tensor(shape, choice.Int64.ToArray()) { Tolerance = Tolerance.Exact(choice.Count) with { IsChoice = true } };
        }

        var alternatives = new List<Alternative>();
        var indices = new long[shape[0] * shape[1]];
        double peak = 0;
        for (var place = 0; place < indices.Length; place++)
        {
            var group = place % books.Length;
            var chunk = Row(z, place / books.Length)[(group * width)..((group + 1) * width)];
            indices[place] = Nearest(chunk, books[group], place, alternatives, ref peak);
        }

        return new Tensor(shape, indices)
        {
            Tolerance = Tolerance.Exact(indices.Length) with { Alternatives = alternatives, Peak = peak, IsChoice = true },
        };
    }

    private static Tensor[] GroupsOf(Tensor z, Tensor codebooks)
    {
        var books = Codebooks.Each(codebooks);
        return z.Shape[1] == books.Length * codebooks.Shape[2]
            ? books
            : throw new RefusalException($"z has {z.Shape[1]} dimensions, {books.Length} groups of {codebooks.Shape[2]} need {books.Length * codebooks.Shape[2]}");
    }
}

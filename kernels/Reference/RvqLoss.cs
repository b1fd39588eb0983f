using LatentConformance.Contract;

namespace LatentConformance.Reference;

// loss = Σ_i ‖r_i − sg(q_i)‖², r_i = z − Σ_{j<i} sg(q_j): ∂/∂z = Σ_i 2 (r_i − q_i), and nothing for the codebooks, whether
// through a stage's own code or through the codes already subtracted.
public sealed partial class ReferenceKernels
{
    public Tensor RvqLoss(Tensor z, Tensor codebooks)
    {
        var left = Leftovers(z, codebooks);
        return Answers.Floats([z.Shape[0]], Answers.Each(z.Shape[0], n =>
            Real.Sum([.. from j in Enumerable.Range(0, z.Shape[1]) from r in left(n, j) select r * r])));
    }

    public (Tensor? DZ, Tensor? DCodebooks) RvqLossVjp(Tensor z, Tensor codebooks, Tensor dLoss)
    {
        var left = Leftovers(z, codebooks);
        return (
            Answers.Matrix(z.Shape[0], z.Shape[1], (n, j) => Real.Terms([.. left(n, j).Select(r => dLoss[n] * (2 * r))])),
            Answers.Zeros(codebooks));
    }

    /// <summary>r_i − q_i of every stage, of sample n in dimension j: what stage i leaves over.</summary>
    private Func<int, int, Real[]> Leftovers(Tensor z, Tensor codebooks)
    {
        var books = BooksFor(z, codebooks);
        var indices = Cascades(z, books);
        return (n, j) =>
        {
            Real left = z[n, j];
            return [.. Codes(books, indices, n, j).Select(code => left -= code)];
        };
    }
}

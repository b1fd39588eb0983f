using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y_j = x_j where fewer than k of the row come before it, by value and then by index; 0 elsewhere. ∂y_j/∂x_j = 1 where kept.
// Nothing is computed, so nothing may be off.
public sealed partial class ReferenceKernels
{
    public Tensor TopK(Tensor x, long k) => Kept(x, x, k);

    public Tensor TopKVjp(Tensor x, long k, Tensor dY) => Kept(x, dY, k);

    private static Tensor Kept(Tensor x, Tensor values, long k)
    {
        if (k < 1 || k > x.Shape[1])
        {
            throw new RefusalException($"k is {k}; of {x.Shape[1]} values 1 to {x.Shape[1]} can be kept");
        }

        return Answers.Matrix(x.Shape[0], x.Shape[1], (b, j) => ComeBefore(x, b, j) < k ? values[b, j] : 0);
    }

    private static int ComeBefore(Tensor x, int row, int column) => Enumerable.Range(0, x.Shape[1])
        .Count(j => x[row, j] > x[row, column] || (x[row, j] == x[row, column] && j < column));
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>Makes the tensors that the reference answers: values with the tolerance they carry.</summary>
internal static class Answers
{
    /// <param name="careful">The same values with the bound of the algorithm that avoids cancellation, where there is one.</param>
    public static Tensor Floats(int[] shape, IReadOnlyList<Real> values, IReadOnlyList<Real>? careful = null) =>
        new(shape, (careful ?? values).Select(v => v.Value).ToArray())
        {
            Tolerance = new Tolerance(values.Select(v => v.Error).ToArray())
            {
                Careful = careful?.Select(v => v.Error).ToArray(),
                Peak = values.Select(v => v.Peak).DefaultIfEmpty().Max(),
            },
        };

    public static Tensor Scalar(Real value) => Floats([], [value]);

    /// <summary>Element (i, j) of a matrix by a formula.</summary>
    public static Tensor Matrix(int rows, int columns, Func<int, int, Real> element) =>
        Floats([rows, columns], [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select element(i, j)]);

    /// <summary>The same shape as <paramref name="like"/>, element by its place in row-major order.</summary>
    public static Tensor Like(Tensor like, Func<int, Real> element) =>
        Floats(like.Shape.ToArray(), [.. Enumerable.Range(0, like.Count).Select(element)]);

    public static Tensor Zeros(Tensor like) => Like(like, _ => 0);

    public static Real[] Each(int count, Func<int, Real> element) => [.. Enumerable.Range(0, count).Select(element)];

    public static Real Sum(int count, Func<int, Real> term)
    {
        var sum = new RunningSum();
        for (var i = 0; i < count; i++)
        {
            sum.Add(term(i));
        }

        return sum.Total;
    }
}

using System.Numerics;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>
/// Right code, written without a look at the reference, in one arithmetic and one style. Sums accumulate in float32 at
/// least, as every library does. This file holds what the operations share.
/// </summary>
internal partial class Kernels<T>(Style style) : IDescribed
    where T : IFloatingPointIeee754<T>
{
    public Description Description => new(style.Name, "1", style.DType) { Conventions = style.Conventions };

    protected static T C(double value) => T.CreateTruncating(value);

    protected static T[] Values(Tensor tensor) => [.. tensor.ToDoubles().Select(C)];

    private static T Half(T value) => C(0.5) * value;

    private static T Square(T value) => value * value;

    private Tensor Out(int[] shape, IEnumerable<T> values) =>
        Tensor.Of(style.DType, shape, [.. values.Select(double.CreateTruncating)]);

    private Tensor Like(Tensor tensor, Func<int, T> element) => Out(tensor.Shape.ToArray(), Enumerable.Range(0, tensor.Count).Select(element));

    private Tensor Zeros(Tensor like) => Like(like, _ => T.Zero);

    private T Sum(int count, Func<int, T> term)
    {
        T[] terms = [.. Enumerable.Range(0, count).Select(term)];
        if (style.Order == Order.Reverse)
        {
            Array.Reverse(terms);
        }

        return typeof(T) == typeof(Half)
            ? T.CreateTruncating(Ordered<float>([.. terms.Select(float.CreateTruncating)]))
            : Ordered<T>(terms);
    }

    private TSum Ordered<TSum>(ReadOnlySpan<TSum> terms)
        where TSum : INumber<TSum>
    {
        if (style.Order == Order.Pairwise && terms.Length > 2)
        {
            return Ordered(terms[..(terms.Length / 2)]) + Ordered(terms[(terms.Length / 2)..]);
        }

        var sum = TSum.Zero;
        foreach (var term in terms)
        {
            sum += term;
        }

        return sum;
    }

    private T Sum(T[] terms) => Sum(terms.Length, i => terms[i]);

    /// <summary>Σ a b, by fused multiply-adds where the style has them; of halves it is the sum that is rounded, not the products.</summary>
    private T Dot(int count, Func<int, T> a, Func<int, T> b)
    {
        if (typeof(T) == typeof(Half))
        {
            return T.CreateTruncating(Ordered<float>([.. Enumerable.Range(0, count).Select(i => float.CreateTruncating(a(i)) * float.CreateTruncating(b(i)))]));
        }

        if (!style.Fused)
        {
            return Sum(count, i => a(i) * b(i));
        }

        var sum = T.Zero;
        for (var i = 0; i < count; i++)
        {
            sum = T.FusedMultiplyAdd(a(i), b(i), sum);
        }

        return sum;
    }

    /// <summary>One value a row of a matrix.</summary>
    private Tensor PerRow(Tensor matrix, Func<T[], T> value) => Out([matrix.Shape[0]], Rows(matrix).Select(value));

    private static Tensor Whole(int[] shape, IEnumerable<long> values) => new(shape, [.. values]);

    private T Clamped(T logvar) => style.Conventions.LogvarClamp is { } range ? T.Clamp(logvar, C(range.Low), C(range.High)) : logvar;

    private bool Flows(T logvar) => style.Conventions.LogvarClamp is not { } range || (logvar >= C(range.Low) && logvar <= C(range.High));

    /// <summary>A value a sample, or what the declared convention makes of them.</summary>
    private Tensor Reduced(T[] perSample, int elements) => style.Conventions.Reduce == "none"
        ? Out([perSample.Length], perSample)
        : Out([], [Sum(perSample.Length, i => perSample[i]) / C(Divisor(perSample.Length, elements))]);

    private T Upstream(Tensor cotangent, int sample, int samples, int elements) => style.Conventions.Reduce == "none"
        ? C(cotangent[sample])
        : C(cotangent[0]) / C(Divisor(samples, elements));

    private double Divisor(int samples, int elements) => style.Conventions.Reduce switch
    {
        "batch_mean" => NotEmpty(samples),
        "mean" => NotEmpty((double)samples * elements),
        _ => 1,
    };

    private static double NotEmpty(double count) => count > 0 ? count : throw new RefusalException("nothing to average");

    private static (int Samples, int Elements) Sizes(Tensor tensor) =>
        (tensor.Shape[0], (int)Tensor.CountOf(tensor.Shape[1..]));
}

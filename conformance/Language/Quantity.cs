using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

/// <summary>
/// What an expression is worth: numbers in a shape, each with its slack, the error that a right implementation may have
/// put into it. Slack travels through arithmetic, so that a comparison knows how far roundoff alone may carry.
/// </summary>
public sealed class Quantity
{
    /// <summary>Elements one value may hold; an expression cannot ask for more memory than this.</summary>
    public const int LargestCount = 1 << 20;

    private const double Roundoff = 4 * 1.1102230246251565e-16;

    public Quantity(int[] shape, double[] values, double[]? slack = null)
    {
        Shape = shape;
        Values = values;
        Slack = slack ?? new double[values.Length];
    }

    public int[] Shape { get; }

    public double[] Values { get; }

    public double[] Slack { get; }

    public int Count => Values.Length;

    public static Quantity Scalar(double value, double slack = 0) => new([], [value], [slack]);

    /// <summary>Numbers along one axis.</summary>
    public static Quantity Vector(params double[] values) => new([values.Length], values);

    /// <summary>One number out of each pair, with numpy's broadcasting; the result's own rounding is added to its slack.</summary>
    public static Quantity Zip(Quantity a, Quantity b, Func<double, double, double> f, Func<double, double, double, double, double> slack, Position position)
    {
        var shape = BroadcastShape(a.Shape, b.Shape)
            ?? throw new SpecError(position, $"shapes {Tensor.Show(a.Shape)} and {Tensor.Show(b.Shape)} do not go together");
        var count = Checked(shape, position);
        var (values, slacks) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var (ia, ib) = (Source(i, shape, a.Shape), Source(i, shape, b.Shape));
            var (va, vb) = (a.Values[ia], b.Values[ib]);
            values[i] = f(va, vb);
            slacks[i] = slack(va, a.Slack[ia], vb, b.Slack[ib]) + Rounding(values[i]);
        }

        return new Quantity(shape, values, slacks);
    }

    public Quantity Map(Func<double, double> f, Func<double, double> slope)
    {
        var (values, slacks) = (new double[Count], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            values[i] = f(Values[i]);
            slacks[i] = (Slack[i] == 0 ? 0 : Math.Abs(slope(Values[i])) * Slack[i]) + Rounding(values[i]);
        }

        return new Quantity(Shape, values, slacks);
    }

    public Quantity Take(int[] shape, IEnumerable<int> places)
    {
        var from = places.ToArray();
        return new Quantity(shape, [.. from.Select(i => Values[i])], [.. from.Select(i => Slack[i])]);
    }

    /// <summary>Whole numbers below 2^53 come out of float64 exactly; anything else is rounded.</summary>
    public static double Rounding(double value) => value == Math.Floor(value) ? 0 : Ulps(value);

    /// <summary>What a correctly rounded function of the language may be off by: two units in the last place.</summary>
    public static double Ulps(double value) => Math.Abs(value) * Roundoff;

    /// <summary>The element count of a shape, or a refusal where it is too large.</summary>
    public static int Checked(ReadOnlySpan<int> shape, Position position)
    {
        long count = 1;
        foreach (var size in shape)
        {
            count *= Math.Max(size, 0);
            if (size < 0 || count > LargestCount)
            {
                throw new SpecError(position, $"a value of shape {Tensor.Show(shape)}; {LargestCount} elements are the most");
            }
        }

        return (int)count;
    }

    public static int[]? BroadcastShape(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (x, y) = (i <= a.Length ? a[^i] : 1, i <= b.Length ? b[^i] : 1);
            if (x != y && x != 1 && y != 1)
            {
                return null;
            }

            shape[^i] = x == 1 ? y : x;
        }

        return shape;
    }

    /// <summary>Where element <paramref name="flat"/> of the broadcast shape comes from.</summary>
    public static int Source(int flat, int[] shape, int[] from)
    {
        var (place, stride) = (0, 1);
        for (var i = 1; i <= from.Length; i++)
        {
            var index = flat % shape[^i];
            flat /= shape[^i];
            place += (from[^i] == 1 ? 0 : index) * stride;
            stride *= from[^i];
        }

        return place;
    }
}

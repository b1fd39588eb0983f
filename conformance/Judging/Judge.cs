using System.Globalization;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Judging;

/// <summary>What the judge found: whether the answer stands, over how many elements, how much of its bound it used, and why not.</summary>
public readonly record struct Finding(bool Right, int Comparisons, double? Margin, string? Why);

/// <summary>
/// Holds an answer against what was expected: shape, then dtype, then values, and stops at the first that differs. A
/// difference passes only by being within its bound, so NaN never does.
/// </summary>
public static class Judge
{
    public static Finding Judged(
        IReadOnlyList<Field> fields,
        IReadOnlyDictionary<string, Tensor> expected,
        IReadOnlyDictionary<string, Tensor> given,
        Precision precision,
        bool strict)
    {
        var total = new Finding(true, 0, null, null);
        foreach (var field in fields)
        {
            // Any field of a composite may be absent; all of them may not.
            if (given.TryGetValue(field.Name, out var answer))
            {
                var one = Judged(field, expected[field.Name], answer, precision, strict);
                total = new Finding(
                    total.Right && one.Right,
                    total.Comparisons + one.Comparisons,
                    total.Margin is null || one.Margin > total.Margin ? one.Margin : total.Margin,
                    total.Why ?? one.Why);
            }
        }

        return total.Comparisons == 0 ? new Finding(false, 0, null, "nothing to compare: no output was answered") : total;
    }

    public static Finding Judged(Field field, Tensor expected, Tensor given, Precision precision, bool strict)
    {
        if (!ShapeFits(expected, given))
        {
            return Wrong($"{field.Name} has shape {Tensor.Show(given.Shape)}, expected {Tensor.Show(expected.Shape)}");
        }

        var dtype = field.Kind is FieldKind.Int ? DType.Int64 : precision.DType;
        if (given.DType != dtype)
        {
            return Wrong($"{field.Name} is {given.DType.WireName()}, expected {dtype.WireName()}");
        }

        return Values(field, expected, given, precision, strict);
    }

    /// <summary>One value may come as [] or as [1].</summary>
    private static bool ShapeFits(Tensor expected, Tensor given) =>
        given.SameShape(expected) || (expected.Count == 1 && given.Count == 1 && expected.Rank <= 1 && given.Rank <= 1);

    private static Finding Values(Field field, Tensor expected, Tensor given, Precision precision, bool strict)
    {
        var tolerance = expected.Tolerance ?? Tolerance.Exact(expected.Count);
        var legal = tolerance.Alternatives
            .Where(a => Tolerance.IsLegal(a, precision, strict))
            .ToLookup(a => a.Element, a => a.Value);
        var (first, off, margin) = (-1, 0, 0.0);
        for (var i = 0; i < expected.Count; i++)
        {
            var allowed = tolerance.Allowed(i, precision, strict);
            var share = Share(expected[i], given[i], allowed);
            foreach (var other in legal[i])
            {
                share = Math.Min(share, Share(other, given[i], allowed));
            }

            margin = Math.Max(margin, share);
            if (!(share <= 1))
            {
                off++;
                first = first < 0 ? i : first;
            }
        }

        // The shape of an empty output was compared, and counts.
        var comparisons = Math.Max(expected.Count, 1);
        return off == 0
            ? new Finding(true, comparisons, margin, null)
            : new Finding(false, comparisons, margin, Describe(field, expected, given, tolerance.Allowed(first, precision, strict), first, off));
    }

    /// <summary>The part of its bound that a difference uses; above one, or infinite, it is wrong.</summary>
    private static double Share(double expected, double given, double allowed)
    {
        if (expected.Equals(given) || expected == given)
        {
            return 0;
        }

        var difference = Math.Abs(expected - given);
        return difference <= allowed && double.IsFinite(given) ? difference / allowed
            : double.IsFinite(difference) && allowed > 0 ? Math.Max(difference / allowed, Math.BitIncrement(1.0))
            : double.PositiveInfinity;
    }

    private static string Describe(Field field, Tensor expected, Tensor given, double allowed, int first, int off)
    {
        var bound = allowed == 0 ? "" : $" ± {Show(allowed, "G2")}";
        var many = expected.Count == 1 ? "" : $"; {off} of {expected.Count} elements are off";
        return $"{field.Name}{Index(expected, first)} is {Show(given[first], "G9")}, expected {Show(expected[first], "G9")}{bound}{many}";
    }

    private static string Index(Tensor tensor, int flat)
    {
        if (tensor.Rank == 0)
        {
            return "";
        }

        var index = new int[tensor.Rank];
        for (var axis = tensor.Rank - 1; axis >= 0; axis--)
        {
            index[axis] = flat % tensor.Shape[axis];
            flat /= tensor.Shape[axis];
        }

        return $"[{string.Join(", ", index)}]";
    }

    private static Finding Wrong(string why) => new(false, 1, null, why);

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

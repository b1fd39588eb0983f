using System.Globalization;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

/// <summary>Whether a comparison holds, over how many elements, and why not.</summary>
/// <param name="Margin">The largest share of what was allowed that any element used.</param>
public readonly record struct Compared(bool Holds, int Elements, double? Margin, string? Why)
{
    /// <summary>The first element of both sides, of the first instance.</summary>
    public (double Left, double Right)? First { get; init; }

    /// <summary>A side was NaN: the comparison does not hold, and its opposite does not either.</summary>
    public bool Undefined { get; init; }

    /// <summary>The sides have no elements to pair: a refute of that would hold for the wrong reason.</summary>
    public bool Misshapen { get; init; }

    public static Compared operator &(Compared a, Compared b) =>
        new(a.Holds && b.Holds, a.Elements + b.Elements, a.Margin is null || b.Margin > a.Margin ? b.Margin : a.Margin, a.Why ?? b.Why)
        {
            First = a.First ?? b.First,
            Undefined = a.Undefined || b.Undefined,
            Misshapen = a.Misshapen || b.Misshapen,
        };
}

/// <summary>
/// The comparisons of the language. =, &lt;=, &gt;= and in hold where roundoff alone could explain the difference; !=, &lt; and
/// &gt; hold only where it could not. So each is the other's opposite, and NaN satisfies none of them.
/// </summary>
internal static class Comparison
{
    public static Compared Compare(Check check, Evaluator evaluator)
    {
        var left = evaluator.Number(check.Left);
        if (check.Relation is Relation.InInterval or Relation.InSet)
        {
            return Within(check, left, evaluator);
        }

        var right = evaluator.Number(check.Right);
        var (printedLeft, printedRight) = (Printed(check.Left), Printed(check.Right));
        var tolerance = check.Tolerance is null ? null : evaluator.Number(check.Tolerance);
        var shape = Quantity.BroadcastShape(left.Shape, right.Shape);
        if (shape is null || !GoTogether(left, right))
        {
            return new Compared(false, 1, null, $"shapes differ: {Tensor.Show(left.Shape)} and {Tensor.Show(right.Shape)}") { Misshapen = true };
        }

        var total = new Compared(true, 0, null, null);
        for (var i = 0; i < Quantity.Checked(shape, check.Position); i++)
        {
            var (l, r) = (Quantity.Source(i, shape, left.Shape), Quantity.Source(i, shape, right.Shape));
            var allowed = left.Slack[l] + right.Slack[r];
            if (tolerance is not null)
            {
                allowed += tolerance.Values[Quantity.Source(i, shape, tolerance.Shape)];
            }
            else if (check.Relation is Relation.Equal or Relation.Different)
            {
                // The ends of a printed interval are in it, though 0.008 - 0.0005 is not 0.0075 to the last bit.
                allowed += ((printedLeft?.Slack[l] ?? 0) + (printedRight?.Slack[r] ?? 0)) * (1 + 1e-12);
            }

            total &= One(check.Relation, left.Values[l], right.Values[r], allowed, i);
        }

        return total;
    }

    /// <summary>One number goes with anything; two shapes are equal but for axes of one in front. No other broadcasting here.</summary>
    private static bool GoTogether(Quantity a, Quantity b) =>
        a.Count == 1 || b.Count == 1 || a.Shape.SkipWhile(s => s == 1).SequenceEqual(b.Shape.SkipWhile(s => s == 1));

    private static Compared One(Relation relation, double a, double b, double allowed, int element)
    {
        var apart = a == b ? 0 : Math.Abs(a - b);
        var holds = relation switch
        {
            Relation.Equal => apart <= allowed,
            Relation.Identical => a == b,
            Relation.Different => apart > allowed,
            Relation.Less => a < b && apart > allowed,
            Relation.More => a > b && apart > allowed,
            Relation.AtMost => a <= b || apart <= allowed,
            _ => a >= b || apart <= allowed,
        };
        double? margin = relation is Relation.Equal && allowed > 0 ? apart / allowed : null;
        return new Compared(holds, 1, margin, holds ? null : Why(relation, a, b, allowed, element))
        {
            First = (a, b),
            Undefined = double.IsNaN(a) || double.IsNaN(b),
        };
    }

    private static Compared Within(Check check, Quantity left, Evaluator evaluator)
    {
        var items = ((ListOf)check.Right).Items.Select(evaluator.Number).ToArray();
        var total = new Compared(true, 0, null, null);
        for (var i = 0; i < left.Count; i++)
        {
            var (value, slack) = (left.Values[i], left.Slack[i]);
            var holds = check.Relation is Relation.InInterval
                ? value >= items[0].Values[0] - slack && value <= items[1].Values[0] + slack
                : items.Any(item => item.Values.Any(v => Math.Abs(value - v) <= slack || value == v));
            var among = string.Join(", ", items.SelectMany(item => item.Values).Select(Show));
            var braced = check.Relation is Relation.InInterval ? $"[{among}]" : $"{{{among}}}";
            total &= new Compared(holds, 1, null, holds ? null : $"element {i} is {Show(value)}, not in {braced}") { Undefined = double.IsNaN(value) };
        }

        return total;
    }

    /// <summary>A side that is printed numbers and nothing else, with half a unit of the last place as its slack.</summary>
    private static Quantity? Printed(Expression side)
    {
        switch (side)
        {
            case Literal literal:
                return Quantity.Scalar(literal.Value, literal.HalfUnit);
            case Negation { Operand: Literal literal }:
                return Quantity.Scalar(-literal.Value, literal.HalfUnit);
            case ListOf list:
                var items = list.Items.Select(Printed).ToArray();
                return items.Any(i => i is null || !i.Shape.SequenceEqual(items[0]!.Shape)) || items.Length == 0
                    ? null
                    : new Quantity(
                        [items.Length, .. items[0]!.Shape],
                        [.. items.SelectMany(i => i!.Values)],
                        [.. items.SelectMany(i => i!.Slack)]);
            default:
                return null;
        }
    }

    private static string Why(Relation relation, double a, double b, double allowed, int element)
    {
        var where = element == 0 ? "" : $"element {element}: ";
        return relation switch
        {
            Relation.Equal => $"{where}{Show(a)} where {Show(b)} ± {Show(allowed)} was expected",
            Relation.Different => $"{where}{Show(a)} is {Show(b)} within ± {Show(allowed)}, which was said to be wrong",
            Relation.Identical => $"{where}{Show(a)} where exactly {Show(b)} was expected",
            Relation.Less => $"{where}{Show(a)} is not less than {Show(b)}",
            Relation.More => $"{where}{Show(a)} is not more than {Show(b)}",
            Relation.AtMost => $"{where}{Show(a)} is more than {Show(b)}",
            _ => $"{where}{Show(a)} is less than {Show(b)}",
        };
    }

    private static string Show(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}

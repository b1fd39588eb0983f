using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>One output of one case: the right values, how far ordinary code may be from them, and what was given.</summary>
internal sealed record Sample(
    Evidence Evidence,
    IReadOnlyDictionary<string, double> Quantities,
    double[] Expected,
    double[] Allowed,
    int[] ExpectedShape,
    double[] Given,
    int[] GivenShape,
    double Rounding)
{
    public Sample(Operation operation, Field field, Evidence evidence, Precision precision)
        : this(
            evidence,
            evidence.Quantities(operation),
            evidence.Expected[field.Name].ToDoubles(),
            AllowedIn(evidence.Expected[field.Name], precision),
            evidence.Expected[field.Name].Shape.ToArray(),
            evidence.Given[field.Name].ToDoubles(),
            evidence.Given[field.Name].Shape.ToArray(),
            RoundingOf(field, precision))
    {
    }

    /// <summary>One value may come as [] or as [1].</summary>
    public bool HasItsShape =>
        GivenShape.AsSpan().SequenceEqual(ExpectedShape) || (Given.Length == 1 && Expected.Length == 1 && GivenShape.Length <= 1 && ExpectedShape.Length <= 1);

    public bool IsOff => !HasItsShape || !Is(e => Expected[e], e => Allowed[e]);

    /// <summary>True where every value is the one wanted, within its slack and the roundings of whoever got there another way.</summary>
    public bool Is(Func<int, double> wanted, Func<int, double> slack)
    {
        for (var e = 0; e < Given.Length; e++)
        {
            var (w, g, s) = (wanted(e), Given[e], slack(e));
            var near = w.Equals(g) || w == g || double.IsPositiveInfinity(s) || (double.IsFinite(g) && Math.Abs(w - g) <= s + (Rounding * Math.Abs(g)));
            if (!near)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where the value at each place is ours at another.</summary>
    public bool IsFrom(int[] sources) => Is(e => Expected[sources[e]], e => Allowed[sources[e]]);

    public Sample Summed() => this with { Expected = [Expected.Sum()], Allowed = [Allowed.Sum()], ExpectedShape = GivenShape };

    /// <summary>The ordinary bound, in strict cases too; where several values are legal, an element tells nothing.</summary>
    public static double[] AllowedIn(Tensor expected, Precision precision)
    {
        var allowed = new double[expected.Count];
        for (var e = 0; e < allowed.Length; e++)
        {
            allowed[e] = expected.Tolerance?.Allowed(e, precision, strict: false) ?? 0;
        }

        foreach (var other in expected.Tolerance?.Alternatives ?? [])
        {
            allowed[other.Element] = Tolerance.IsLegal(other, precision, strict: false) ? double.PositiveInfinity : allowed[other.Element];
        }

        return allowed;
    }

    /// <summary>A factor is rounded, and so is what it multiplies; whole numbers are not, but their quotients are, in float64.</summary>
    private static double RoundingOf(Field field, Precision precision) =>
        2 * (field.Kind is FieldKind.Int ? Precision.Of(DType.Float64) : precision).Storage;
}

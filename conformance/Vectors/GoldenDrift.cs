using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>
/// Whether the reference still gives a golden. The last bits of exp and log may differ from one machine to the next, so
/// values are compared within float64's own bound and bounds within a thousandth; everything else exactly.
/// </summary>
public static class GoldenDrift
{
    private const double BoundDrift = 1e-3;

    public static bool IsCurrent(string path, Golden made, Operation operation)
    {
        try
        {
            return File.Exists(path) && Between(GoldenReader.Read(File.ReadAllText(path), path, operation), made) is null;
        }
        catch (SpecError)
        {
            return false;
        }
    }

    /// <summary>The first difference, or null.</summary>
    public static string? Between(Golden stored, Golden made)
    {
        if (stored.SpecVersion != made.SpecVersion || stored.Signature != made.Signature || !stored.Conventions.SequenceEqual(made.Conventions))
        {
            return "another version, signature or set of conventions";
        }

        if (!stored.Cases.Select(c => c.Id).SequenceEqual(made.Cases.Select(c => c.Id)))
        {
            return "other cases";
        }

        return stored.Cases.Zip(made.Cases, Between).FirstOrDefault(d => d is not null);
    }

    private static string? Between(VectorCase a, VectorCase b)
    {
        if (a.About != b.About || a.Refuses != b.Refuses || !a.Levels.OrderBy(l => l.Key).SequenceEqual(b.Levels.OrderBy(l => l.Key)))
        {
            return $"{a.Id}: another purpose or level";
        }

        if (!a.Inputs.Keys.SequenceEqual(b.Inputs.Keys) || a.Inputs.Any(i => !i.Value.Identical(b.Inputs[i.Key])))
        {
            return $"{a.Id}: other inputs";
        }

        if (!a.Outputs.Keys.SequenceEqual(b.Outputs.Keys))
        {
            return $"{a.Id}: other outputs";
        }

        return a.Outputs.Select(o => Between(o.Value, b.Outputs[o.Key]) is { } drift ? $"{a.Id}: {o.Key} {drift}" : null).FirstOrDefault(d => d is not null);
    }

    private static string? Between(Tensor a, Tensor b)
    {
        if (a.DType != b.DType || !a.SameShape(b))
        {
            return "has another shape or dtype";
        }

        var precision = Precision.Of(DType.Float64);
        for (var i = 0; i < a.Count; i++)
        {
            var same = a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= b.Tolerance!.Allowed(i, precision, strict: true);
            if (!same)
            {
                return $"moved at element {i} from {a[i]:R} to {b[i]:R}";
            }
        }

        return SameBounds(a.Tolerance!, b.Tolerance!) ? null : "has another bound";
    }

    private static bool SameBounds(Tolerance a, Tolerance b) =>
        Same(a.Ordinary, b.Ordinary)
        && (a.Careful is null) == (b.Careful is null)
        && (a.Careful is null || Same(a.Careful, b.Careful!))
        && a.IsChoice == b.IsChoice
        && Same(a.Peak, b.Peak)
        && a.Alternatives.Count == b.Alternatives.Count
        && a.Alternatives.Zip(b.Alternatives).All(p =>
            p.First.Element == p.Second.Element && Same(p.First.Value, p.Second.Value) && Same([p.First.Ordinary], [p.Second.Ordinary]));

    private static bool Same(IReadOnlyList<Coefficients> a, IReadOnlyList<Coefficients> b) =>
        a.Count == b.Count
        && a.Zip(b).All(p => Same(p.First.Storage, p.Second.Storage) && Same(p.First.Accumulate, p.Second.Accumulate) && Same(p.First.Underflow, p.Second.Underflow));

    private static bool Same(double a, double b) =>
        a.Equals(b) || Math.Abs(a - b) <= BoundDrift * Math.Max(Math.Abs(a), Math.Abs(b));
}

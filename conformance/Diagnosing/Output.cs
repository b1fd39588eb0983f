using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>One output over all cases in which it was given.</summary>
internal sealed class Output
{
    /// <summary>What two cases agree on is a rule; what one says is a coincidence.</summary>
    private const int Witnesses = 2;

    public Output(Operation operation, Field field, IReadOnlyList<Evidence> evidence, Precision precision)
        : this(operation, field, precision, [.. evidence.Where(e => e.Given.ContainsKey(field.Name)).Select(e => new Sample(operation, field, e, precision))])
    {
    }

    private Output(Operation operation, Field field, Precision precision, IReadOnlyList<Sample> samples)
    {
        (Operation, Field, Precision, Samples) = (operation, field, precision, samples);
        Quantities = Distinct(operation, samples);
    }

    public Operation Operation { get; }

    public Field Field { get; }

    public Precision Precision { get; }

    public IReadOnlyList<Sample> Samples { get; }

    public bool IsWrong => Samples.Any(s => s.IsOff);

    public bool HasItsShape => Samples.All(s => s.HasItsShape);

    /// <summary>Ours has the axes of the catalogue; under a declared reduction it has others.</summary>
    public bool HasNamedAxes => Samples.All(s => s.ExpectedShape.Length == Field.Axes.Count);

    /// <summary>Enough to tell a rule by: two cases are off, and the right values there differ.</summary>
    public bool IsTelling =>
        Samples.Count(s => s.IsOff) >= Witnesses
        && Samples.Where(s => s.IsOff).SelectMany(s => s.Expected).Where(double.IsFinite).Distinct().Take(2).Count() == 2;

    /// <summary>The names that a factor may be made of.</summary>
    public IReadOnlyList<string> Quantities { get; }

    /// <summary>The same with the right values of a case added up, where each case was given one number for many.</summary>
    public Output? Summed =>
        Samples.All(s => s.Given.Length == 1) && Samples.Any(s => s.Expected.Length != 1)
            ? new Output(Operation, Field, Precision, [.. Samples.Select(s => s.Summed())])
            : null;

    /// <summary>A factor that is the same in every case cannot be told from a constant.</summary>
    public bool Varies(Product product) =>
        Samples.Where(s => s.IsOff).Select(s => product.At(s.Quantities)).Distinct().Count() > product.Count;

    /// <summary>An argument that only repeats the size of an axis is that axis.</summary>
    private static string[] Distinct(Operation operation, IReadOnlyList<Sample> samples)
    {
        var names = samples.Count == 0 ? [] : samples[0].Quantities.Keys.ToArray();
        return [.. names.Where((n, i) => operation.Inputs.All(f => f.Name != n) || !names.Take(i).Any(o => samples.All(s => s.Quantities[o] == s.Quantities[n])))];
    }
}

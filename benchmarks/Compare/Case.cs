using System.Globalization;
using LatentConformance.Contract;

namespace LatentConformance.Compare;

/// <summary>One operation at one size: its axes, its numbers, and what is asked of ours.</summary>
/// <param name="sizes">Every axis of the signature, outputs' too: "N=6144 K=8192 D=256".</param>
/// <param name="numbers">Every input without axes: "beta=0.25".</param>
/// <param name="offset">Added to every coordinate of points and codes: far from the origin the expanded distance cancels.</param>
internal sealed class Case(string name, string sizes, string numbers, double offset, params Bar[] bars)
{
    private readonly Dictionary<string, double> axes = Parse(sizes);
    private readonly Dictionary<string, double> scalars = Parse(numbers);

    public Operation Operation { get; } =
        Catalogue.Standard.Find(name) ?? throw new ArgumentException($"no operation '{name}' in the catalogue");

    public string Name => Operation.Name;

    public double Offset => offset;

    public IReadOnlyList<Bar> Bars => bars;

    public string Title => $"{Name} {sizes}{(Offset == 0 ? "" : Text.Invariant($" around {Offset}"))}";

    public int Size(string axis) => axes.TryGetValue(axis, out var size)
        ? (int)size
        : throw new ArgumentException($"{Title} does not say how large {axis} is");

    public double Number(string field) => scalars.TryGetValue(field, out var number)
        ? number
        : throw new ArgumentException($"{Title} does not say what {field} is");

    public int[] Shape(Field field) => [.. field.Axes.Select(Size)];

    public long Count(Field field) => field.Axes.Aggregate(1L, (product, axis) => product * Size(axis));

    /// <summary>What has to cross the memory bus at least: each input read once, each output written once.</summary>
    public long BytesRead => Operation.Inputs.Sum(Bytes);

    public long BytesWritten => Operation.Outputs.Sum(Bytes);

    /// <summary>Whether its outputs weigh enough for a copy to be the fair limit, and not a read.</summary>
    public bool Copies => BytesWritten * 8 > BytesRead;

    /// <summary>What the machine gives for as many bytes, where a bar asks for it.</summary>
    public Kind? Limit => Bars.Any(b => b.Kind == BarKind.Copy) ? Kind.Copy
        : Bars.Any(b => b.Kind == BarKind.Bandwidth) ? (Copies ? Kind.Copy : Kind.Read)
        : null;

    /// <summary>The same case under other bars.</summary>
    public Case Under(params Bar[] others) => new(Name, sizes, numbers, offset, others);

    /// <summary>The same case with one axis of another size.</summary>
    public Case With(string axis, int size) =>
        new(Name, string.Join(' ', axes.Select(s => $"{s.Key}={(s.Key == axis ? size : (int)s.Value)}")), numbers, offset, bars);

    private long Bytes(Field field) => Count(field) * (field.Kind == FieldKind.Int ? sizeof(long) : sizeof(float));

    private static Dictionary<string, double> Parse(string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}

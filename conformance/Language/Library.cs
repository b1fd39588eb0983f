namespace LatentConformance.Conformance.Language;

/// <summary>
/// The functions of the claim language that are not operations: arithmetic, shapes, counting. They belong to the spec and
/// are never answered by the implementation under test.
/// </summary>
public static class Library
{
    private static readonly Dictionary<string, Function> Functions =
        new Function[][] { ElementwiseFunctions.All, ReductionFunctions.All, ShapeFunctions.All, DrawFunctions.All }
            .SelectMany(f => f)
            .ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, double> Constants = new(StringComparer.Ordinal)
    {
        ["pi"] = Math.PI,
        ["inf"] = double.PositiveInfinity,
        ["nan"] = double.NaN,
    };

    public static IEnumerable<string> Names => Functions.Keys;

    public static IEnumerable<Function> All => Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal);

    public static bool IsConstant(string name) => Constants.ContainsKey(name);

    public static double? Constant(string name) => Constants.TryGetValue(name, out var value) ? value : null;

    public static Function? Find(string name) => Functions.GetValueOrDefault(name);
}

/// <summary>One function: how it is written, how many arguments it takes, what it does.</summary>
public sealed record Function(string Usage, string Says, int Fewest, int Most, Func<Call, Quantity> Body)
{
    public string Name => Usage[..Usage.IndexOf('(', StringComparison.Ordinal)];

    /// <summary>True for functions that draw: as the domain of a for they are drawn several times.</summary>
    public bool IsDraw { get; init; }
}

/// <summary>What a function is called with.</summary>
public sealed record Call(Position Position, IReadOnlyList<Quantity> Arguments, Draws Draws)
{
    public Quantity this[int i] => Arguments[i];

    public SpecError Error(string message) => new(Position, message);

    public double Number(int i) =>
        Arguments[i].Count == 1 ? Arguments[i].Values[0] : throw Error($"argument {i + 1} is one number, not a list");

    public int Whole(int i) => Whole(Number(i));

    public int Whole(double value) =>
        value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue ? (int)value : throw Error($"{value} is not a whole number that fits");

    /// <summary>Sizes given one by one or as a list, from argument <paramref name="from"/> on.</summary>
    public int[] Sizes(int from)
    {
        var sizes = Arguments.Skip(from).SelectMany(a => a.Values).Select(Whole).ToArray();
        Quantity.Checked(sizes, Position);
        return sizes;
    }
}

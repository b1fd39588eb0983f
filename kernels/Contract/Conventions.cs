using System.Globalization;

namespace LatentConformance.Contract;

/// <summary>
/// Legitimate ways of doing the same thing, which an implementation declares and the reference then honours. The
/// default of each is the house's own.
/// </summary>
public sealed record Conventions
{
    public const string ReduceName = "reduce";
    public const string ClampName = "logvar_clamp";
    public const string BetaName = "beta";
    public const string EstimatorName = "estimator";

    public static readonly Conventions House = new();

    /// <summary>Each convention with the values worth trying when an answer is off; the first is the house's.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Known = new SortedDictionary<string, string[]>(StringComparer.Ordinal)
    {
        [ReduceName] = ["none", "sum", "batch_mean", "mean"],
        [ClampName] = ["none", "[-30, 20]", "[-20, 20]", "[-10, 10]", "[-20, 2]", "[-5, 5]"],
        [BetaName] = ["paper", "legacy"],
        [EstimatorName] = ["straight_through", "rotation"],
    };

    /// <summary>none: a value a sample. sum: over the batch too. batch_mean: that sum over the batch size. mean: over every element.</summary>
    public string Reduce { get; init; } = "none";

    /// <summary>log-variance is clamped to this range before use; outside it its gradient is zero.</summary>
    public (double Low, double High)? LogvarClamp { get; init; }

    /// <summary>paper: beta weighs the commitment term. legacy: the codebook term (taming's first release).</summary>
    public string Beta { get; init; } = "paper";

    /// <summary>How the gradient passes the quantizer.</summary>
    public string Estimator { get; init; } = "straight_through";

    /// <summary>This convention set with one value changed; the value is one line of a hello or of a declaration.</summary>
    public Conventions With(string name, string value)
    {
        if (!Known.TryGetValue(name, out var values))
        {
            throw new ArgumentException($"no convention '{name}'; there are {string.Join(", ", Known.Keys)}");
        }

        if (name == ClampName)
        {
            return this with { LogvarClamp = value == "none" ? null : Range(value) };
        }

        if (!values.Contains(value))
        {
            throw new ArgumentException($"{name} cannot be '{value}'; it is {string.Join(" | ", values)}");
        }

        return name switch
        {
            ReduceName => this with { Reduce = value },
            BetaName => this with { Beta = value },
            _ => this with { Estimator = value },
        };
    }

    public string Value(string name) => name switch
    {
        ReduceName => Reduce,
        BetaName => Beta,
        EstimatorName => Estimator,
        _ => LogvarClamp is { } c ? string.Create(CultureInfo.InvariantCulture, $"[{c.Low}, {c.High}]") : "none",
    };

    /// <summary>The conventions of <paramref name="operation"/> that differ from the house's, as "reduce: sum".</summary>
    public IEnumerable<string> Departures(Operation operation) =>
        operation.Honours.Where(n => Value(n) != House.Value(n)).Select(n => $"{n}: {Value(n)}");

    /// <summary>All that differ, whatever the operation.</summary>
    public IEnumerable<string> Departures() => Known.Keys.Where(n => Value(n) != House.Value(n)).Select(n => $"{n}: {Value(n)}");

    private static (double Low, double High) Range(string text)
    {
        var ends = text.Trim('[', ']', ' ').Split(',');
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
            && low < high
            ? (low, high)
            : throw new ArgumentException($"{ClampName} is [low, high] with low < high, not '{text}'");
    }
}

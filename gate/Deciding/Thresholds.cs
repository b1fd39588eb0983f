using System.Globalization;
using LatentConformance.Conformance;

namespace LatentConformance.Gate.Deciding;

/// <summary>What an operation may cost more than before.</summary>
/// <param name="Slowdown">The factor that is to be found.</param>
public sealed record Threshold(double Slowdown, bool MayAllocate = false)
{
    /// <summary>Below this, where code and data happen to lie decides.</summary>
    public const double Least = 1.02;
}

/// <summary>
/// A small file where operations differ: <c>vq_assign: slowdown 1.05</c>, <c>ema_update: slowdown 1.2, allocation allowed</c>, a # before
/// a comment.
/// </summary>
public sealed class Thresholds(Threshold otherwise, IReadOnlyDictionary<string, Threshold> byOperation)
{
    private const string Form = "expected 'operation: slowdown 1.05' or 'operation: allocation allowed'";

    public static Thresholds All(double slowdown) => new(new Threshold(slowdown), new Dictionary<string, Threshold>());

    public Threshold this[string operation] => byOperation.GetValueOrDefault(operation, otherwise);

    public static Thresholds Read(string text, string file, double slowdown, IEnumerable<string> operations)
    {
        var known = operations.ToArray();
        var read = new Dictionary<string, Threshold>(StringComparer.Ordinal);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Split('#')[0].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            var at = new Position(file, i + 1, 1);
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                throw new SpecError(at, $"'{line}' is no setting of an operation; {Form}");
            }

            var name = line[..colon].Trim();
            if (!known.Contains(name))
            {
                throw new SpecError(at, $"no operation '{name}'{Nearest.Hint(name, known)}; {Form}");
            }

            if (!read.TryAdd(name, line[(colon + 1)..].Split(',').Aggregate(new Threshold(slowdown), (t, setting) => Set(t, setting.Trim(), at))))
            {
                throw new SpecError(at, $"'{name}' stands twice; expected one line an operation");
            }
        }

        return new Thresholds(new Threshold(slowdown), read);
    }

    private static Threshold Set(Threshold threshold, string setting, Position at) => setting.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["slowdown", var number] when double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is >= Threshold.Least and <= 10 =>
            threshold with { Slowdown = factor },
        ["allocation", "allowed"] => threshold with { MayAllocate = true },
        _ => throw new SpecError(at, $"'{setting}' is no setting; expected 'slowdown' with a factor from {Threshold.Least.ToString(CultureInfo.InvariantCulture)} to 10, or 'allocation allowed'"),
    };
}

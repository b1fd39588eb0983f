namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Ours times a number, or times or divided by sizes and arguments of the case: a mean for a sum, a missing half, a sign.</summary>
internal sealed class Scaled : IReader
{
    /// <summary>The numbers that come with a size; any other would fit too much.</summary>
    private static readonly double[] BesideASize = [1, -1, 2, -2, 0.5, -0.5];

    public IEnumerable<Reading> Read(Output output) => output.HasItsShape
        ? Read(output, "ours")
        : output.Summed is { HasItsShape: true } sums ? Read(sums, "the sum of ours") : [];

    private static IEnumerable<Reading> Read(Output output, string ours)
    {
        var samples = output.Samples;
        var factors = samples.Select(Factor).ToArray();
        if (!output.IsTelling || factors.Any(f => f.IsEmpty))
        {
            yield break;
        }

        // A factor near one is as open as its difference from one.
        var openness = samples.Zip(factors).Where(s => s.First.IsOff).Select(s => Math.Max(s.Second.Openness, (s.Second - 1).Openness)).ToArray();
        var tried = 0;
        foreach (var product in Product.Of(output.Quantities).Where(p => p.Count == 0 || output.Varies(p)))
        {
            tried += product.Count == 0 ? 1 : BesideASize.Length;
            var possible = samples.Zip(factors, (s, f) => Without(f, product.At(s.Quantities))).Aggregate(Interval.Everything, (all, f) => all.And(f));
            if (Numbers(possible, product).FirstOrDefault(n => samples.All(s => IsTimes(s, n.Value * product.At(s.Quantities)))) is { Text: not null } number
                && Coincidence.IsExcluded(openness, fitted: 1, tried))
            {
                yield return new Reading(Text(ours, number, product), (2 * product.Count) + (number.Value is 1 or -1 ? 0 : 1));
            }
        }
    }

    /// <summary>The factors that take every right value of a case to the given one; values within their own bound tell none.</summary>
    private static Interval Factor(Sample sample)
    {
        var factor = Interval.Everything;
        for (var e = 0; e < sample.Given.Length; e++)
        {
            var (expected, given, allowed) = (sample.Expected[e], sample.Given[e], sample.Allowed[e]);
            if (double.IsFinite(expected) && double.IsFinite(given) && Math.Abs(expected) > 2 * allowed)
            {
                factor = factor.And(Factor(Math.Abs(expected), given * Math.Sign(expected), allowed, sample.Rounding * Math.Abs(given)));
            }
        }

        return factor;
    }

    /// <summary>|given − f · expected| ≤ |f| · allowed + rounding, solved for f.</summary>
    private static Interval Factor(double expected, double given, double allowed, double rounding)
    {
        var (low, high) = (Math.Max(0, Math.Abs(given) - rounding) / (expected + allowed), (Math.Abs(given) + rounding) / (expected - allowed));
        return given < 0 ? new(-high, -low) : new(low, high);
    }

    /// <summary>A product that is zero or infinite in a case leaves nothing to learn from it; whether it fits is seen later.</summary>
    private static Interval Without(Interval factor, double product) => product != 0 && double.IsFinite(product) ? factor / product : Interval.Everything;

    private static IEnumerable<Number> Numbers(Interval possible, Product product) => product.Count > 0
        ? BesideASize.Where(possible.Contains).Select(c => Number.Simplest(Interval.Around(c, 0)))
        : !possible.IsEmpty && possible.IsSharp ? [Number.Simplest(possible)] : [];

    /// <summary>Divided by nothing, only what is no number fits.</summary>
    private static bool IsTimes(Sample sample, double factor) =>
        sample.Is(e => factor * sample.Expected[e], e => double.IsFinite(factor) ? Math.Abs(factor) * sample.Allowed[e] : 0);

    private static string Text(string ours, Number number, Product product)
    {
        if (number.Value is 0)
        {
            return "zero";
        }

        if (product.Count == 0 && number.Value is 1 or -1)
        {
            return number.Value is 1 ? ours : $"{ours} with the sign turned";
        }

        return $"{ours} {product.Applied(number)}";
    }
}

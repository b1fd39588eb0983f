using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Ours plus a number, or plus a size or an argument of the case times a number: a constant left out, counting from one.</summary>
internal sealed class Shifted : IReader
{
    public IEnumerable<Reading> Read(Output output)
    {
        if (!output.HasItsShape || !output.IsTelling)
        {
            yield break;
        }

        var samples = output.Samples;
        var shifts = samples.Select(Shift).ToArray();
        var openness = samples.Zip(shifts).Where(s => s.First.IsOff).Select(s => s.Second.Openness).ToArray();
        var tried = 0;
        foreach (var product in Product.Of(output.Quantities).TakeWhile(p => p.Count <= 1).Where(p => p.Count == 0 || output.Varies(p)))
        {
            tried++;
            var possible = samples.Zip(shifts, (s, d) => d / product.At(s.Quantities)).Aggregate(Interval.Everything, (all, d) => all.And(d));
            if (possible.IsEmpty || !possible.IsSharp)
            {
                continue;
            }

            var number = Number.Simplest(possible);
            if (samples.All(s => IsPlus(s, number.Value * product.At(s.Quantities))) && Coincidence.IsExcluded(openness, fitted: 1, tried))
            {
                yield return new Reading(Text(output.Field, number, product), 1 + (2 * product.Count));
            }
        }
    }

    /// <summary>The numbers that, added to every right value of a case, give what was given.</summary>
    private static Interval Shift(Sample sample)
    {
        var shift = Interval.Everything;
        for (var e = 0; e < sample.Given.Length; e++)
        {
            var (expected, given) = (sample.Expected[e], sample.Given[e]);
            if (double.IsFinite(expected) && double.IsFinite(given))
            {
                shift = shift.And(Interval.Around(given - expected, sample.Allowed[e] + (sample.Rounding * Math.Max(Math.Abs(given), Math.Abs(expected)))));
            }
        }

        return shift;
    }

    private static bool IsPlus(Sample sample, double shift) =>
        sample.Is(e => sample.Expected[e] + shift, e => sample.Allowed[e] + (sample.Rounding * Math.Abs(sample.Expected[e])));

    private static string Text(Field field, Number number, Product product)
    {
        if (field.Kind is FieldKind.Int && product.Count == 0 && number.Value is 1 or -1)
        {
            return number.Value is 1 ? "one higher than ours throughout, as if counted from 1" : "one lower than ours throughout";
        }

        var sign = number.Value < 0 ? "minus" : "plus";
        var size = number.Value < 0 ? number.Text[1..] : number.Text;
        return $"ours {sign} {string.Concat(product.Factors.Select(f => size == "1" && f.Power > 0 ? f.Name : $"{size} {(f.Power > 0 ? "·" : "/")} {f.Name}").DefaultIfEmpty(size))}";
    }
}

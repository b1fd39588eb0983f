using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>In which dtypes a case can tell right from wrong, and at which level.</summary>
public static class Suitability
{
    public static IReadOnlyDictionary<DType, Level> Of(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var levels = new Dictionary<DType, Level>();
        foreach (var dtype in DTypes.Floating)
        {
            if (Of(inputs, outputs, Precision.Of(dtype)) is { } level)
            {
                levels[dtype] = level;
            }
        }

        return levels;
    }

    public static Level? Of(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> outputs, Precision precision)
    {
        var holdsInputs = inputs.Values.Where(t => t.DType.IsFloating()).All(t => t.ToDoubles().All(v => double.IsNaN(v) || precision.Round(v) == v));
        var holdsTheWay = outputs.Values.All(t => !(t.Tolerance?.Peak > precision.Max));
        if (!holdsInputs || !holdsTheWay)
        {
            return null;
        }

        if (outputs.Values.All(t => RejectsZeros(t, precision, strict: false)))
        {
            return Level.Core;
        }

        return outputs.Values.All(t => RejectsZeros(t, precision, strict: true)) ? Level.Strict : null;
    }

    /// <summary>True where zeros would fail, and where zero is the answer.</summary>
    private static bool RejectsZeros(Tensor expected, Precision precision, bool strict)
    {
        var tolerance = expected.Tolerance!;
        var values = expected.ToDoubles();
        if (values.All(v => v == 0))
        {
            return true;
        }

        var zeroIsLegal = tolerance.Alternatives
            .Where(a => a.Value == 0 && Tolerance.IsLegal(a, precision, strict))
            .Select(a => a.Element)
            .ToHashSet();
        return Enumerable.Range(0, values.Length).Any(i =>
            values[i] != 0 && !zeroIsLegal.Contains(i) && !(Math.Abs(values[i]) <= tolerance.Allowed(i, precision, strict)));
    }
}

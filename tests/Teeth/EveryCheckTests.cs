using LatentConformance.Conformance.Judging;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>
/// Every case earns its place: none passes zeros or NaN where something else was expected, and each rejects some careless
/// answer or some mistake.
/// </summary>
public sealed class EveryCheckTests
{
    private static readonly Lazy<HashSet<string>> Catching = new(() =>
        [.. Ground.Matrix.Values.SelectMany(b => Bites.Tried.SelectMany(b.In)).Select(r => r.Id)]);

    private static IEnumerable<string> Cases =>
        from golden in Ground.Goldens.Values
        from one in golden.Cases
        where !one.Refuses
        select one.Id;

    [TestCaseSource(nameof(Cases))]
    public void Judge_Zeros_Rejected(string id)
    {
        var (operation, one) = Find(id);
        foreach (var field in Fields(operation).Where(f => one.Outputs[f.Name].ToDoubles().Any(v => v != 0)))
        {
            Assert.That(DTypesOf(one).Where(d => !Rejects(one, field, d, _ => 0)), Is.Empty, field.Name);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Judge_NaN_Rejected(string id)
    {
        var (operation, one) = Find(id);
        foreach (var field in Fields(operation).Where(f => f.Kind == FieldKind.Float && one.Outputs[f.Name].ToDoubles().Any(v => !double.IsNaN(v))))
        {
            Assert.That(DTypesOf(one).Where(d => !Rejects(one, field, d, _ => double.NaN)), Is.Empty, field.Name);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Judge_SomethingWrong_Rejected(string id)
    {
        var (operation, one) = Find(id);
        var idle = DTypesOf(one).Where(d => !Fields(operation).SelectMany(f => Careless(one, f, d)).Any(c => c.IsRejected));

        Assert.That(Catching.Value.Contains(one.Id) ? [] : idle, Is.Empty, $"{one.Id} rejects nothing and catches no mistake");
    }

    /// <summary>
    /// A cast to the next lower precision shows in every operation whose answers that precision cannot hold: each has a
    /// case that rejects its own expected answer so rounded.
    /// </summary>
    [Test]
    public void Judge_NextLowerPrecision_RejectedInEveryOperation([ValueSource(typeof(Bites), nameof(Bites.Tried))] DType dtype)
    {
        var lower = Precision.Of(dtype).NextLower!;
        var blind =
            from golden in Ground.Goldens.Values
            let rounded =
                from one in golden.Cases
                where !one.Refuses && one.Levels.ContainsKey(dtype)
                from field in Fields(golden.Operation)
                let expected = one.Outputs[field.Name]
                where field.Kind == FieldKind.Float && expected.ToDoubles().Any(v => !double.IsNaN(v) && lower.Round(v) != Precision.Of(dtype).Round(v))
                select Rejects(one, field, dtype, i => lower.Round(expected[i]))
            where rounded.Any() && !rounded.Any(r => r)
            select golden.Operation;

        Assert.That(blind, Is.Empty);
    }

    private static IEnumerable<DType> DTypesOf(VectorCase one) => Bites.Tried.Where(one.Levels.ContainsKey);

    private static (string Operation, VectorCase Case) Find(string id)
    {
        var operation = id[..id.IndexOf('/', StringComparison.Ordinal)];
        return (operation, Ground.Goldens[operation].Cases.Single(c => c.Id == id));
    }

    private static IReadOnlyList<Field> Fields(string operation) => Catalogue.Standard.Find(operation)!.Outputs;

    private static IEnumerable<(string Name, bool IsRejected)> Careless(VectorCase one, Field field, DType dtype)
    {
        var expected = one.Outputs[field.Name];
        if (expected.Count == 0)
        {
            // The usual answer to an empty batch: the mean of nothing.
            yield return ("one NaN for none", !Judge.Judged(field, expected, Tensor.Of(Type(field, dtype), [1], [field.Kind == FieldKind.Int ? 0 : double.NaN]), Precision.Of(dtype), strict: false).Right);
            yield break;
        }

        yield return ("zeros", Rejects(one, field, dtype, _ => 0));
        if (field.Kind == FieldKind.Int)
        {
            yield break;
        }

        yield return ("NaN", Rejects(one, field, dtype, _ => double.NaN));
        if (one.Inputs.Values.FirstOrDefault(i => i.DType.IsFloating() && i.SameShape(expected)) is { } echo)
        {
            yield return ("the input", Rejects(one, field, dtype, i => echo[i]));
        }

        if (Precision.Of(dtype).NextLower is { } lower)
        {
            yield return ($"rounded to {lower.DType.WireName()}", Rejects(one, field, dtype, i => lower.Round(expected[i])));
        }
    }

    private static bool Rejects(VectorCase one, Field field, DType dtype, Func<int, double> wrong)
    {
        var expected = one.Outputs[field.Name];
        var given = Tensor.Of(Type(field, dtype), expected.Shape.ToArray(), [.. Enumerable.Range(0, expected.Count).Select(wrong)]);
        return !Judge.Judged(field, expected, given, Precision.Of(dtype), one.Levels[dtype] == Level.Strict).Right;
    }

    private static DType Type(Field field, DType dtype) => field.Kind == FieldKind.Int ? DType.Int64 : dtype;
}

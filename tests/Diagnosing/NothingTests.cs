using LatentConformance.Conformance.Diagnosing;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>Where nothing explains the answers, or two things do, or too few cases speak, nothing is said.</summary>
public sealed class NothingTests
{
    private static readonly Description Float32 = new("under test", "1", DType.Float32);

    private static IEnumerable<TestCaseData> Noises() =>
    [
        Named("every value off by a factor of its own", (t, r) => t.Each(v => v * Factor(r))),
        Named("a few per mille off", (t, r) => t.Each(v => v * (1 + (0.001 * Factor(r))))),
        Named("every case off by a factor of its own", (t, r) =>
        {
            var factor = Factor(r);
            return t.Each(v => factor * v);
        }),
        Named("every value shifted by a number of its own", (t, r) => t.Each(v => v + Factor(r))),
        Named("drawn", (t, r) => t.Each(_ => (20 * r.NextDouble()) - 10)),
    ];

    [TestCaseSource(nameof(Noises))]
    public void Verify_AnswersThatNothingExplains_NothingIsSaid(object change)
    {
        // The harness asks some questions twice, and noise that does not repeat would be hidden state.
        var operations = Catalogue.Standard.Operations.Where(o => o.Outputs.Any(f => f.Kind == FieldKind.Float));
        Rule rule = (f, right, outputs) => f.Kind == FieldKind.Float
            ? ((Func<Tensor, Random, Tensor>)change)(right, new Random((int)(BitConverter.DoubleToInt64Bits(outputs.Values.Sum(t => t.ToDoubles().Where(double.IsFinite).Sum() + t.Count)) % 99991)))
            : right;

        DType[] dtypes = [DType.Float64, DType.Float32, DType.BFloat16];
        var said = from o in operations.Index() from d in dtypes.Where((_, i) => i != o.Index % dtypes.Length) let hint = Changed.Hint(o.Item, d, rule) where hint.Length > 0 select $"{o.Item.Name} in {d.WireName()}: {hint}";

        Assert.That(said, Is.Empty);
    }

    [Test]
    public void Of_AFactorThatTwoAxesGive_IsNotToldByEither() =>
        Assert.That((Hint([3, 3], [5, 5], (size, v) => v / size), Hint([3, 2], [5, 4], (size, v) => v / size)), Is.EqualTo((
            (string?)null,
            "your values are ours divided by B in 2 of 2 cases")));

    [Test]
    public void Of_OneCase_IsNoRule() => Assert.That(Hint([3, 2], null, (_, v) => 3 * v), Is.Null);

    /// <summary>Where every right value is 3, twice as much is three more.</summary>
    [Test]
    public void Of_ValuesThatAreAllTheSame_IsNoRule() => Assert.That(Hint([3, 2], [5, 4], (_, v) => 2 * v, constant: 3), Is.Null);

    [Test]
    public void Of_AFactorThatFitsAllCasesButOne_IsNotTold()
    {
        var evidence = new[] { Case([3, 2], (_, v) => 2 * v, null), Case([5, 4], (_, v) => 2 * v, null), Case([2, 7], (_, v) => 2.001 * v, null) };

        Assert.That(new Diagnosis([], Checkout.Oracle).Of(Operation, evidence, Float32), Is.Null);
    }

    private static Operation Operation => Catalogue.Standard.Find("l1")!;

    private static string? Hint(int[] first, int[]? second, Func<int, double, double> change, double? constant = null)
    {
        var evidence = new List<Evidence> { Case(first, change, constant) };
        if (second is not null)
        {
            evidence.Add(Case(second, change, constant));
        }

        return new Diagnosis([], Checkout.Oracle).Of(Operation, evidence, Float32);
    }

    /// <summary>Row b of the first input is b + 1 and then zeros, or a constant; so is the right value of the sample.</summary>
    private static Evidence Case(int[] shape, Func<int, double, double> change, double? constant)
    {
        var x = new Tensor(shape, [.. Enumerable.Range(0, shape[0] * shape[1]).Select(e => e % shape[1] == 0 ? constant ?? ((e / shape[1]) + 1.5) : 0)]);
        var inputs = new Dictionary<string, Tensor> { ["x"] = x.As(DType.Float32), ["x_hat"] = new Tensor(shape, new float[x.Count]) };
        var right = ((Conformance.Implementations.Answered)Checkout.Reference.Ask(Operation, inputs.ToDictionary(i => i.Key, i => i.Value.As(DType.Float64)))).Outputs;
        return new Evidence(inputs, right, right.ToDictionary(o => o.Key, o => o.Value.Each(v => change(shape[0], v)).As(DType.Float32)), Strict: false);
    }

    /// <summary>From 1.25 to 20.</summary>
    private static double Factor(Random random) => 1.25 * Math.Pow(2, 4 * random.NextDouble());

    private static TestCaseData Named(string name, Func<Tensor, Random, Tensor> change) => new TestCaseData(change).SetArgDisplayNames(name);
}

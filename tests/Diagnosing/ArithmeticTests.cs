using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>Right answers changed by one rule, operation by operation: the verdict tells the rule, wherever the cases show it.</summary>
public sealed class ArithmeticTests
{
    /// <summary>Turn about, an operation each: a rule is the same arithmetic in either.</summary>
    private static readonly DType[] Tried = [DType.Float64, DType.Float32];

    private static IEnumerable<TestCaseData> Rules() =>
    [
        Told("times 3", Floats((_, t) => t.Each(v => 3 * v)), "ours times 3 in", isNumber: true),
        Told("a third", Floats((_, t) => t.Each(v => v / 3)), "ours divided by 3 in", isNumber: true),
        Told("in bits", Floats((_, t) => t.Each(v => v / Math.Log(2))), "ours divided by ln 2 in", isNumber: true),
        Told("negated", Floats((_, t) => t.Each(v => -v)), "ours with the sign turned in", isNumber: true),
        Told("zero", Floats((_, t) => t.Each(v => 0 * v)), "zero in"),
        Told("plus a half", Floats((_, t) => t.Each(v => v + 0.5)), "ours plus 0.5 in", isNumber: true),
        Told("from one", Whole((_, t) => t.Each(v => v + 1)), "one higher than ours throughout, as if counted from 1 in"),
        Told("one lower", Whole((_, t) => t.Each(v => v - 1)), "one lower than ours throughout in"),
        Told("reversed", All((f, t) => Ranked(f, 2) ? Reversed(t) : t), "ours reversed along"),
        Told("an axis more", All((f, t) => Ranked(f, 1) ? t.Shaped([.. t.Shape, 1]) : t), "ours in a shape with an axis too many in"),
        Told("transposed", All((f, t) => f.Axes.Count == 2 ? t.Moved(0) : t), "ours transposed in"),
        Told("rows for columns", All((f, t) => Ranked(f, 3) ? t.Moved(f.Axes.Count - 2) : t), "swapped in"),
        Told("channels last", All((f, t) => f.Axes.Count == 4 ? t.Moved(1) : t), "ours laid out as ["),
        Told("reshaped for permuted", All((f, t) => f.Axes.Count == 4 ? t.Moved(1).Shaped(t.Shape.ToArray()) : t), "where the axes have to be moved in"),
    ];

    [TestCaseSource(nameof(Rules))]
    public void Verify_AnswersChangedByARule_TheRuleIsTold(object rule, string expected, bool isNumber)
    {
        var (told, others) = (0, new List<string>());
        foreach (var (turn, operation) in Catalogue.Standard.Operations.Index())
        {
            foreach (var dtype in Tried.Where((d, i) => (turn + i) % Tried.Length == 0 && Checkout.Goldens[operation.Name].Cases.Any(c => c.Levels.ContainsKey(d))))
            {
                var hint = Changed.Hint(operation, dtype, (Rule)rule);
                var isShown = Changed.IsShown(operation, dtype, (Rule)rule, isNumber);
                told += isShown ? 1 : 0;
                if (hint.Contains(expected, StringComparison.Ordinal) != isShown)
                {
                    others.Add($"{operation.Name} in {dtype.WireName()}, {(isShown ? "shown" : "not shown")} by the cases: '{hint}'");
                }
            }
        }

        TestContext.Out.WriteLine($"told in {told} of {Catalogue.Standard.Operations.Count()}; the others do not show it");
        Assert.That(told, Is.Positive);
        Assert.That(others, Is.Empty);
    }

    /// <summary>A mean for a sum is told by the name of the axis, where its size varies from case to case.</summary>
    [Test]
    public void Verify_AnswersDividedByASize_TheAxisIsTold()
    {
        Rule rule = Floats((f, t) => Ranked(f, 1) && t.Count > 0 ? t.Each(v => v / t.Shape[^1]) : t);
        var (told, others) = (0, new List<string>());
        foreach (var operation in Catalogue.Standard.Operations.Where(o => Changed.IsShown(o, DType.Float64, rule, isNumber: true) && Varies(o, rule)))
        {
            var hint = Changed.Hint(operation, DType.Float64, rule);
            var axes = Affected(operation, rule).Select(f => f.Axes[^1]).Distinct().ToArray();
            told++;
            if (!axes.All(a => hint.Contains($"ours divided by {a} in", StringComparison.Ordinal)))
            {
                others.Add($"{operation.Name} by {string.Join(", ", axes)}: '{hint}'");
            }
        }

        TestContext.Out.WriteLine($"told in {told} operations");
        Assert.That(others, Is.Empty);
    }

    private static IEnumerable<Field> Affected(Operation operation, Rule rule) => operation.Outputs
        .Where(f => Checkout.Goldens[operation.Name].Cases.Any(c => !c.Refuses && !rule(f, c.Outputs[f.Name], c.Outputs).Identical(c.Outputs[f.Name])));

    private static bool Varies(Operation operation, Rule rule) => Affected(operation, rule).All(f => Checkout.Goldens[operation.Name].Cases
        .Where(c => !c.Refuses && !rule(f, c.Outputs[f.Name], c.Outputs).Identical(c.Outputs[f.Name]))
        .Select(c => (Size: c.Outputs[f.Name].Shape[^1], Sizes: Sizes(operation, c.Inputs, c.Outputs)))
        .ToArray() is var sizes && sizes.Select(s => s.Size).Distinct().Count() > 1 && sizes[0].Sizes.Keys.Count(a => sizes.All(s => s.Sizes[a] == s.Size)) == 1);

    private static Dictionary<string, int> Sizes(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var sizes = new Dictionary<string, int>();
        Signature.Misfit(operation.Inputs, inputs, sizes);
        Signature.Misfit(operation.Outputs, outputs, sizes);
        return sizes;
    }

    private static Rule All(Func<Field, Tensor, Tensor> change) => (f, right, _) => change(f, right);

    private static Rule Floats(Func<Field, Tensor, Tensor> change) => (f, right, _) => f.Kind == FieldKind.Float ? change(f, right) : right;

    private static Rule Whole(Func<Field, Tensor, Tensor> change) => (f, right, _) => f.Kind == FieldKind.Int ? change(f, right) : right;

    private static bool Ranked(Field field, int rank) => field.Axes.Count >= rank;

    private static Tensor Reversed(Tensor tensor) => tensor.Count == 0 ? tensor : Tensor.Of(
        tensor.DType, tensor.Shape.ToArray(), [.. tensor.ToDoubles().Chunk(tensor.Shape[^1]).SelectMany(row => row.Reverse())]);

    private static TestCaseData Told(string name, Rule rule, string expected, bool isNumber = false) => new TestCaseData(rule, expected, isNumber).SetArgDisplayNames(name);
}

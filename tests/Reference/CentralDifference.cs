using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>
/// The slope of a function from its values: D(h) = (φ(h) − φ(−h)) / 2h = φ' + h² φ‴/6 + h⁴ φ⁽⁵⁾/120 + …, and Richardson's
/// (4 D(h/2) − D(h)) / 3 leaves h⁴ φ⁽⁵⁾/480. What is left meets the roundoff u/h where h is u^(1/5), near 2^−10; inputs
/// on the grid of the draws take that step exactly.
/// </summary>
internal static class CentralDifference
{
    private static readonly double Step = Math.ScaleB(1, -10);

    /// <summary>dφ(t)/dt at 0, where φ states the error of its values.</summary>
    public static Estimate Slope(Func<double, Estimate> along)
    {
        var wide = Quotient(along, Step);
        var narrow = Quotient(along, Step / 2);
        var roundoff = ((4 * narrow.Error) + wide.Error) / 3;

        // The two quotients differ by h² φ‴/8, of which h⁴ φ⁽⁵⁾/480 is at most the part h where φ⁽⁵⁾ ≤ 60 φ‴/h: the
        // tests keep away from poles and kinks by more than √(h/60), so it holds for them all.
        var truncation = Step * Math.Abs(narrow.Value - wide.Value);
        return new(((4 * narrow.Value) - wide.Value) / 3, roundoff + truncation);
    }

    /// <summary>The gradient of <paramref name="loss"/> at <paramref name="at"/>, element by element.</summary>
    public static Estimate[] Gradient(Tensor at, Func<Tensor, Estimate> loss) =>
        [.. Enumerable.Range(0, at.Count).Select(i => Slope(t => loss(at.With(i, at[i] + t))))];

    /// <summary>
    /// The reference's gradient of an operation against the differences of its forward answers, under a drawn cotangent:
    /// every element of every input that the gradient answers for.
    /// </summary>
    public static void Agrees(string name, IReadOnlyDictionary<string, Tensor> inputs, Conventions? conventions = null)
    {
        var operation = Catalogue.Standard.Find(name)!;
        var reference = new ReferenceKernels(conventions);
        var cotangents = operation.Invoke(reference, inputs)
            .Where(o => operation.Gradient!.Inputs.Any(f => f.Name == "d_" + o.Key))
            .ToDictionary(o => "d_" + o.Key, o => Tensors.Normal($"{name}/d_{o.Key}", o.Value.Shape.ToArray()));
        var gradient = operation.Gradient!.Invoke(reference, inputs.Concat(cotangents).ToDictionary());
        Assert.That(gradient, Has.Count.EqualTo(operation.Gradient.Outputs.Count));
        foreach (var (output, answer) in gradient)
        {
            var input = output["d_".Length..];
            var slopes = Gradient(inputs[input], moved =>
                Contracted(cotangents, operation.Invoke(reference, new Dictionary<string, Tensor>(inputs) { [input] = moved })));
            Assert.That(answer.Shape.ToArray(), Is.EqualTo(inputs[input].Shape.ToArray()), output);
            Agreement.Of(answer, slopes);
        }
    }

    private static Estimate Quotient(Func<double, Estimate> along, double step) => (along(step) - along(-step)) / (2 * step);

    /// <summary>⟨cotangent, outputs⟩; what the forward answers may be off is their own statement.</summary>
    private static Estimate Contracted(Dictionary<string, Tensor> cotangents, Dictionary<string, Tensor> outputs) =>
        Estimate.Sum(
            from c in cotangents
            let output = outputs[c.Key["d_".Length..]]
            from k in Enumerable.Range(0, output.Count)
            select c.Value[k] * new Estimate(output[k], output.Tolerance!.Ordinary[k].At(Precision.Of(DType.Float64))));
}

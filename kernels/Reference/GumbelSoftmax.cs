using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// y = softmax(s), s = (logits + g) / τ, with the largest s taken off first: e^s overflows as soon as τ is small.
// ∂L/∂logits_k = y_k (d_k − Σ_j d_j y_j) / τ.
public sealed partial class ReferenceKernels
{
    public Tensor GumbelSoftmax(Tensor logits, Tensor uniforms, double temperature)
    {
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        return RowByRow(logits, row => Softmax(Scores(logits, uniforms, temperature, row)));
    }

    public Tensor GumbelSoftmaxVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY)
    {
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        return RowByRow(logits, row =>
        {
            var y = Softmax(Scores(logits, uniforms, temperature, row));
            var mean = Answers.Sum(y.Length, k => y[k] * dY[row, k]);
            return Answers.Each(y.Length, k => y[k] * (dY[row, k] - mean) / temperature);
        });
    }

    private static Real[] Scores(Tensor logits, Tensor uniforms, double temperature, int row) =>
        Answers.Each(logits.Shape[1], k => (logits[row, k] + NoiseOf(uniforms[row, k])) / temperature);

    private static Real[] Softmax(Real[] scores)
    {
        var largest = scores.MaxBy(s => s.Value);
        var powers = Answers.Each(scores.Length, k => Exp(scores[k] - largest));
        var total = Sum(powers);
        return Answers.Each(scores.Length, k => powers[k] / total);
    }

    private static Tensor RowByRow(Tensor like, Func<int, Real[]> row) =>
        Answers.Floats(like.Shape.ToArray(), [.. Enumerable.Range(0, like.Shape[0]).SelectMany(row)]);

    private static void RefuseUnlessRelaxed(Tensor logits, Tensor uniforms, double temperature)
    {
        Refuse.UnlessSameShape(logits, uniforms);
        RefuseUnlessClasses(logits);
        RefuseUnlessUniforms(uniforms);
        Refuse.UnlessPositive("temperature", temperature);
    }

    private static void RefuseUnlessClasses(Tensor logits)
    {
        if (logits.Shape[1] == 0)
        {
            throw new RefusalException("there are no classes to choose from");
        }
    }
}

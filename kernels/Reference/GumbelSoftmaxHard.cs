using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Forward the one-hot of argmax (logits + g), lowest index on ties, as onehot + y − sg(y) has it; backward as the soft y.
// The temperature moves no argmax, but code that looks for it in y sees classes of nearly equal weight as equal.
public sealed partial class ReferenceKernels
{
    public (Tensor? Y, Tensor? Indices) GumbelSoftmaxHard(Tensor logits, Tensor uniforms, double temperature)
    {
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        var indices = choice is not null
            ? new Tensor([logits.Shape[0]], choice.Int64.ToArray()) { Tolerance = Tolerance.Exact(logits.Shape[0]) with { IsChoice = true } }
            : LargestOf(logits, uniforms, temperature);

        // (1 + y) − y and 1 + (y − y) err by two roundings of at most 2 at the chosen class, (0 − y) + y by none elsewhere.
        var oneHot = new Real(1, new Coefficients(3, 0, 0), 2);
        return (Answers.Matrix(logits.Shape[0], logits.Shape[1], (i, k) => k == indices.Int64[i] ? oneHot : 0), indices);
    }

    public Tensor GumbelSoftmaxHardVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY) =>
        GumbelSoftmaxVjp(logits, uniforms, temperature, dY);

    private static Tensor LargestOf(Tensor logits, Tensor uniforms, double temperature)
    {
        var alternatives = new List<Alternative>();
        var indices = new long[logits.Shape[0]];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = Largest(logits, uniforms, temperature, i, alternatives);
        }

        return new Tensor([indices.Length], indices) { Tolerance = Tolerance.Exact(indices.Length) with { Alternatives = alternatives, IsChoice = true } };
    }

    private static int Largest(Tensor logits, Tensor uniforms, double temperature, int row, List<Alternative> alternatives)
    {
        var perturbed = Answers.Each(logits.Shape[1], k => logits[row, k] + NoiseOf(uniforms[row, k]));
        var best = 0;
        for (var k = 1; k < perturbed.Length; k++)
        {
            best = perturbed[k].Value > perturbed[best].Value ? k : best;
        }

        // Eight roundings of y, which is one where it matters, are worth 8 τ of what is under the exponential.
        var inY = new Coefficients(8 * temperature, 0, 0);
        for (var k = 0; k < perturbed.Length; k++)
        {
            var isDuplicate = logits[row, k] == logits[row, best] && uniforms[row, k] == uniforms[row, best];
            var candidate = new Alternative(row, k, perturbed[best].Value - perturbed[k].Value, perturbed[best].Error + perturbed[k].Error + inY);
            if (k != best && !isDuplicate && Tolerance.IsLegal(candidate, Precision.Of(DType.BFloat16), strict: false))
            {
                alternatives.Add(candidate);
            }
        }

        return best;
    }
}

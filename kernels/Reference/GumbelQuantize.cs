using LatentConformance.Contract;

namespace LatentConformance.Reference;

// In training gumbel_softmax_hard, noise and soft gradient included. In evaluation the one-hot of argmax logits: no noise, so that the same
// logits give the same class, and no gradient. Ties go to the lowest index.
public sealed partial class ReferenceKernels
{
    public (Tensor? Y, Tensor? Indices) GumbelQuantize(Tensor logits, Tensor uniforms, double temperature, long training)
    {
        Refuse.UnlessSwitch("training", training);
        if (training == 1)
        {
            return GumbelSoftmaxHard(logits, uniforms, temperature);
        }

        RefuseUnlessRelaxed(logits, uniforms, temperature);
        long[] indices = [.. Enumerable.Range(0, logits.Shape[0]).Select(i => (long)Enumerable.Range(0, logits.Shape[1]).MaxBy(k => logits[i, k]))];
        return (
            Answers.Matrix(logits.Shape[0], logits.Shape[1], (i, k) => k == indices[i] ? 1 : 0),
            new Tensor([indices.Length], indices) { Tolerance = Tolerance.Exact(indices.Length) with { IsChoice = true } });
    }

    public Tensor GumbelQuantizeVjp(Tensor logits, Tensor uniforms, double temperature, long training, Tensor dY)
    {
        Refuse.UnlessSwitch("training", training);
        var gradient = GumbelSoftmaxHardVjp(logits, uniforms, temperature, dY);
        return training == 1 ? gradient : Answers.Zeros(logits);
    }
}

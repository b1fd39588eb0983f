using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// KL(p ‖ 1/K) = Σ p log p + log K, p = softmax(logits), log p = logits − logsumexp: a class of no weight costs nothing.
// ∂/∂logits_k = p_k (log p_k − Σ_j p_j log p_j).
public sealed partial class ReferenceKernels
{
    public Tensor KlCategoricalUniform(Tensor logits)
    {
        RefuseUnlessClasses(logits);
        var classes = logits.Shape[1];
        return Answers.Floats([logits.Shape[0]], Answers.Each(logits.Shape[0], row =>
        {
            var logs = LogSoftmax(logits, row);
            return Terms(Answers.Sum(classes, k => Exp(logs[k]) * logs[k]), Log(classes));
        }));
    }

    public Tensor KlCategoricalUniformVjp(Tensor logits, Tensor dKl)
    {
        RefuseUnlessClasses(logits);
        return RowByRow(logits, row =>
        {
            var logs = LogSoftmax(logits, row);
            var negativeEntropy = Answers.Sum(logs.Length, k => Exp(logs[k]) * logs[k]);
            return Answers.Each(logs.Length, k => dKl[row] * (Exp(logs[k]) * (logs[k] - negativeEntropy)));
        });
    }

    private static Real[] LogSoftmax(Tensor logits, int row)
    {
        var classes = logits.Shape[1];
        var largest = Enumerable.Range(0, classes).Max(k => logits[row, k]);
        var logSum = largest + Log(Answers.Sum(classes, k => Exp((Real)logits[row, k] - largest)));
        return Answers.Each(classes, k => logits[row, k] - logSum);
    }
}

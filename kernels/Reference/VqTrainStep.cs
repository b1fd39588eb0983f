using LatentConformance.Contract;

namespace LatentConformance.Reference;

// 1. indices and quantized from the codebook as it came in. 2. ema_update with those indices. 3. revive by the counts just
// updated, reset to the threshold: alive, and not by a margin. Where training is 0, step 1 only.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqTrainStep(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold, long training)
    {
        RefuseUnlessTrainable(codebook, counts, sums, z.Shape[1], candidates.Shape[1], (decay, epsilon, threshold));
        if (training is not (0 or 1))
        {
            throw new RefusalException($"training is {training}; it is 0 or 1");
        }

        var (quantized, indices) = VqQuantize(z, codebook);
        var state = CodebookState.Of(codebook, counts, sums);
        if (training == 1)
        {
            state = state.Updated(Assignments(z, indices!, counts.Count), decay, epsilon).Revived(candidates, threshold, threshold);
        }

        return (quantized, indices, state.CodebookAnswer, state.CountsAnswer, state.SumsAnswer);
    }

    public (Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqTrainSteps(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold)
    {
        RefuseUnlessTrainable(codebook, counts, sums, z.Shape[2], candidates.Shape[2], (decay, epsilon, threshold));
        var (steps, rows) = (z.Shape[0], z.Shape[1]);
        var state = CodebookState.Of(codebook, counts, sums);
        var indices = new List<long>();
        var alternatives = new List<Alternative>();
        double peak = 0;
        for (var t = 0; t < steps; t++)
        {
            var chosen = choice is null ? null : new Tensor([rows], choice.Int64.Slice(t * rows, rows).ToArray());
            var batch = Step(z, t);
            var assigned = new ReferenceKernels(conventions, chosen).VqAssign(batch, state.Codes);
            alternatives.AddRange(assigned.Tolerance!.Alternatives.Select(a => a with { Element = a.Element + (t * rows) }));
            peak = Math.Max(peak, assigned.Tolerance!.Peak);
            indices.AddRange(assigned.Int64);
            state = state.Updated(Assignments(batch, assigned, counts.Count), decay, epsilon).Revived(Step(candidates, t), threshold, threshold);
        }

        var tolerance = Tolerance.Exact(indices.Count) with { Alternatives = alternatives, Peak = peak, IsChoice = true };
        var all = new Tensor([steps, rows], [.. indices]) { Tolerance = tolerance };
        return (all, state.CodebookAnswer, state.CountsAnswer, state.SumsAnswer);
    }

    private static Tensor Step(Tensor steps, int t)
    {
        var size = steps.Shape[1] * steps.Shape[2];
        return new Tensor(steps.Shape[1..].ToArray(), steps.ToDoubles()[(t * size)..((t + 1) * size)]);
    }

    private static void RefuseUnlessTrainable(
        Tensor codebook, Tensor counts, Tensor sums, int dimensions, int ofCandidates, (double Decay, double Epsilon, double Threshold) rates)
    {
        Refuse.UnlessState(codebook, counts, sums, dimensions);
        if (ofCandidates != dimensions)
        {
            throw new RefusalException($"z has {dimensions} dimensions and the candidates {ofCandidates}");
        }

        Refuse.UnlessDecay(rates.Decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", rates.Epsilon);
        Refuse.UnlessFiniteAndNotNegative("threshold", rates.Threshold);
    }
}

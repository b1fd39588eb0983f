using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : ICodebookLearning
{
    Tensor ICodebookLearning.EmaUpdateLesson(Tensor codebook, Tensor z, Tensor indices, double decay)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        Refuse.UnlessDecay(decay);
        RefuseUnlessOneIndexEach(z, indices, codebook.Shape[0]);
        var updated = new float[codebook.Count];
        EmaUpdateLesson.Forward(codebook.Float32, z.Float32, indices.Int64, decay, updated, codebook.Shape[0], codebook.Shape[1]);
        return Like(codebook, updated);
    }

    (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) ICodebookLearning.EmaUpdate(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon)
    {
        RefuseUnlessOneIndexEach(z, indices, counts.Count);
        return Updated(counts, sums, z, indices.Int64, decay, epsilon);
    }

    (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) ICodebookLearning.EmaUpdateMasked(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, Tensor mask, double decay, double epsilon)
    {
        Refuse.UnlessSameShape(indices, mask);
        RefuseUnlessOneIndexEach(z, indices, counts.Count);
        var kept = indices.Int64.ToArray();
        for (var n = 0; n < kept.Length; n++)
        {
            kept[n] = mask[n] switch
            {
                1 => kept[n],
                0 => -1,
                _ => throw new RefusalException("a mask holds 0 and 1 only"),
            };
        }

        return Updated(counts, sums, z, kept, decay, epsilon);
    }

    (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) ICodebookLearning.EmaUpdateShards(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon)
    {
        RefuseUnlessOneIndexEach(z, indices, counts.Count);
        return Updated(counts, sums, z, indices.Int64, decay, epsilon);
    }

    private static (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) Updated(
        Tensor counts, Tensor sums, Tensor z, ReadOnlySpan<long> indices, double decay, double epsilon)
    {
        Refuse.UnlessState(sums, counts, sums, z.Shape[^1]);
        Refuse.UnlessDecay(decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        var (newCounts, newSums, newCodebook) = (new float[counts.Count], new float[sums.Count], new float[sums.Count]);
        EmaUpdate.Forward(counts.Float32, sums.Float32, z.Float32, indices, decay, epsilon, newCounts, newSums, newCodebook);
        return Array.TrueForAll(newCounts, n => n + epsilon > 0) && Array.Exists(newCounts, n => n > 0)
            ? (Like(counts, newCounts), Like(sums, newSums), Like(sums, newCodebook))
            : throw new RefusalException("a code has no mass to divide by; it needs a count or an epsilon above zero");
    }

    private static void RefuseUnlessOneIndexEach(Tensor z, Tensor indices, int codes)
    {
        if (!z.Shape[..^1].SequenceEqual(indices.Shape))
        {
            throw new RefusalException($"shapes differ: vectors {Tensor.Show(z.Shape)} and indices {Tensor.Show(indices.Shape)}");
        }

        Refuse.UnlessCodes(indices, codes);
    }
}

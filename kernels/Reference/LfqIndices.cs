using LatentConformance.Contract;

namespace LatentConformance.Reference;

// code_i = scale · (2 bit_i − 1), ∂/∂scale = Σ ±. Tokens: index = high · 2^m + low. Whole numbers in 64 bits throughout.
public sealed partial class ReferenceKernels
{
    public Tensor LfqIndicesToCodes(Tensor indices, long dimensions, double scale)
    {
        RefuseUnlessIndicesFit(indices, dimensions, scale);
        return Answers.Matrix(indices.Count, (int)dimensions, (n, i) =>
            new Real(SignOf(indices, n, i) * scale, new Coefficients(3 * scale, 0, 0), 2 * scale));
    }

    public Tensor LfqIndicesToCodesVjp(Tensor indices, long dimensions, double scale, Tensor dCodes)
    {
        RefuseUnlessIndicesFit(indices, dimensions, scale);
        return Answers.Scalar(Answers.Sum(dCodes.Count, i => SignOf(indices, i / (int)dimensions, i % (int)dimensions) * dCodes[i]));
    }

    public (Tensor? High, Tensor? Low) LfqSplitTokens(Tensor indices, long lowBits)
    {
        RefuseUnlessBits("low_bits", lowBits);
        RefuseOutside("index", indices, 1L << MostBits);
        return (Whole(indices.Int64.ToArray().Select(k => k >> (int)lowBits)), Whole(indices.Int64.ToArray().Select(k => k & ((1L << (int)lowBits) - 1))));
    }

    public Tensor LfqJoinTokens(Tensor high, Tensor low, long lowBits)
    {
        Refuse.UnlessSameShape(high, low);
        RefuseUnlessBits("low_bits", lowBits);
        RefuseOutside("low", low, 1L << (int)lowBits);
        RefuseOutside("high", high, 1L << (MostBits - (int)lowBits));
        return Whole(high.Int64.ToArray().Zip(low.Int64.ToArray(), (h, l) => (h << (int)lowBits) | l));
    }

    private static double SignOf(Tensor indices, int sample, int dimension) => ((indices.Int64[sample] >> dimension) & 1) == 1 ? 1 : -1;

    private static Tensor Whole(IEnumerable<long> values)
    {
        long[] all = [.. values];
        return new Tensor([all.Length], all) { Tolerance = Tolerance.Exact(all.Length) };
    }

    private static void RefuseUnlessIndicesFit(Tensor indices, long dimensions, double scale)
    {
        RefuseUnlessLookupFree(dimensions, scale);
        RefuseOutside("index", indices, 1L << (int)dimensions);
    }

    private static void RefuseOutside(string name, Tensor indices, long size)
    {
        foreach (var index in indices.Int64)
        {
            if (index < 0 || index >= size)
            {
                throw new RefusalException($"{name} {index} is not in [0, {size})");
            }
        }
    }
}

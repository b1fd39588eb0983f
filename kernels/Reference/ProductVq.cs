using LatentConformance.Contract;

namespace LatentConformance.Reference;

// quantized and indices as grouped_vq_quantize; code = Σ_g k_g K^g, in whole numbers of 64 bits: K^G passes 2^31 soon. Decoding
// takes k_g = ⌊code / K^g⌋ mod K, and each code collects the gradient of the vectors that hold it.
public sealed partial class ReferenceKernels : IProductQuantizer
{
    public (Tensor? Quantized, Tensor? Indices, Tensor? Code) ProductVqQuantize(Tensor z, Tensor codebooks)
    {
        var (quantized, indices) = GroupedVqQuantize(z, codebooks);
        RefuseUnlessCountable(codebooks);
        var (groups, codes) = (codebooks.Shape[0], codebooks.Shape[1]);
        return (quantized, indices, Whole(Enumerable.Range(0, z.Shape[0]).Select(n =>
            indices!.Int64.Slice(n * groups, groups).ToArray().Reverse().Aggregate(0L, (code, k) => (code * codes) + k))));
    }

    public (Tensor? DZ, Tensor? DCodebooks) ProductVqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        RefuseUnlessCountable(codebooks);
        return GroupedVqQuantizeVjp(z, codebooks, dQuantized);
    }

    public Tensor ProductVqDecode(Tensor code, Tensor codebooks)
    {
        var books = Codebooks.Each(codebooks);
        var digits = Digits(code, codebooks);
        var width = codebooks.Shape[2];
        return Answers.Matrix(code.Count, books.Length * width, (n, j) => books[j / width][(int)digits[n, j / width], j % width]);
    }

    public Tensor ProductVqDecodeVjp(Tensor code, Tensor codebooks, Tensor dQuantized)
    {
        var (groups, codes, width) = (codebooks.Shape[0], codebooks.Shape[1], codebooks.Shape[2]);
        var digits = Digits(code, codebooks);
        var members = Enumerable.Range(0, digits.Count).ToLookup(at => ((at % groups * codes) + (int)digits.Int64[at]) * width, at => at / groups);
        return Answers.Like(codebooks, i =>
            Real.Sum([.. members[i - (i % width)].Select(n => (Real)dQuantized[n, (i / (codes * width) * width) + (i % width)])]));
    }

    private static Tensor Digits(Tensor code, Tensor codebooks)
    {
        Codebooks.Each(codebooks);
        var size = RefuseUnlessCountable(codebooks);
        RefuseOutside("code", code, size);
        var (groups, codes) = (codebooks.Shape[0], codebooks.Shape[1]);
        return new Tensor([code.Count, groups], [.. code.Int64.ToArray().SelectMany(c =>
        {
            var digits = new long[groups];
            for (var g = 0; g < groups; g++)
            {
                (c, digits[g]) = (c / codes, c % codes);
            }

            return digits;
        })]);
    }

    /// <summary>K^G, the number of codes.</summary>
    private static long RefuseUnlessCountable(Tensor codebooks)
    {
        long size = 1;
        for (var g = 0; g < codebooks.Shape[0]; g++)
        {
            size = size <= (1L << MostBits) / Math.Max(codebooks.Shape[1], 1)
                ? size * codebooks.Shape[1]
                : throw new RefusalException($"{codebooks.Shape[1]}^{codebooks.Shape[0]} codes are more than 2^{MostBits}; use fewer codebooks, or a token a codebook");
        }

        return size;
    }
}

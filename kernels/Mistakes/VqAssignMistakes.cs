using LatentConformance.Contract;
using static LatentConformance.Mistakes.Codes;

namespace LatentConformance.Mistakes;

/// <summary>The nearest code: wrong distances, wrong axes, ties, index types, and the layout of feature maps.</summary>
internal static class VqAssignMistakes
{
    private static readonly (Wrong Wrong, Score Score)[] Scores =
    [
        (new("VA04", "norm-forgotten", "Long codes win always.", "Keep the squared norm of the code in the score.", "lucidrains/vector-quantize-pytorch#120"), (z, e) => -Dot(z, e)),
        (new("VA05", "two-forgotten", "Short codes win too often.", "The cross term is -2 z.e."), (z, e) => Dot(e, e) - Dot(z, e)),
        (new("VA05a", "cross-term-sign", "The code opposite wins.", "Subtract twice the product."), (z, e) => Dot(e, e) + (2 * Dot(z, e))),
        (new("VA07", "farthest-code", "The farthest code is chosen.", "Take the minimum of distances, or the maximum of negated ones.", "lucidrains/vector-quantize-pytorch#108"), (z, e) => -Squared(z, e)),
        (new("VA14a", "cosine-for-distance", "The length of a vector does not matter.", "Use the Euclidean distance, or declare the cosine one."), (z, e) => -Dot(z, e) / Math.Sqrt(Dot(z, z) * Dot(e, e))),
        (new("VA14", "one-side-normalised", "Long codes win.", "Normalise both sides or neither.", "lucidrains/vector-quantize-pytorch#197"), (z, e) => Squared([.. z.Select(v => v / Math.Max(Math.Sqrt(Dot(z, z)), 1e-12))], e)),
        (new("VA05b", "manhattan-distance", "Diagonal neighbours lose.", "Square the differences; do not take their absolute values."), (z, e) => z.Zip(e, (a, b) => Math.Abs(a - b)).Sum()),
        (new("VA05c", "first-dimension-only", "Codes are told apart by one coordinate.", "Sum the squares over all dimensions."), (z, e) => Math.Abs(z[0] - e[0])),
        (new("VA04a", "smallest-norm", "The shortest code takes everything.", "Keep the cross term in the score."), (_, e) => Dot(e, e)),
        (new("VA05d", "differences-not-squared", "Errors of opposite sign cancel.", "Square the differences before the sum."), (z, e) => z.Zip(e, (a, b) => a - b).Sum()),
        (new("VA05e", "largest-coordinate", "One bad coordinate decides.", "Sum the squares over all dimensions; do not take the largest."), (z, e) => z.Zip(e, (a, b) => Math.Abs(a - b)).Max()),
    ];

    public static IEnumerable<Mistake> All =>
    [
        .. Scores.Select(s => s.Wrong.Value("vq_assign", By(s.Score))),
        .. Scores.Take(4).Select(s => (s.Wrong with { Name = "quantize-" + s.Wrong.Name }).Value("vq_quantize", QuantizedBy(s.Score))),
        .. Assignments,
        .. Numeric,
    ];

    private static IEnumerable<Mistake> Assignments =>
    [
        new Wrong("VA07a", "ties-to-the-last", "Of equal codes the higher index wins.", "Compare with <, not with <=.")
            .Value("vq_assign", Formulas.Gives("indices", i => Grid.Whole([i["z"].Rows], Nearest(i["z"], i["codebook"], Squared, lastOfTies: true)))),
        new Wrong("VA08", "argmin-over-vectors", "One index a code instead of one a vector.", "Take the minimum over the codes.")
            .Value("vq_assign", Formulas.Gives("indices", i => i["z"].Rows == 0
                ? Grid.Whole([i["codebook"].Rows], Enumerable.Repeat(0, i["codebook"].Rows))
                : Grid.Whole([i["codebook"].Rows], Nearest(i["codebook"], i["z"], Squared)))),
        new Wrong("VA23a", "counted-from-one", "Every index is one too high.", "Count codes from zero.")
            .Changing("vq_assign", "indices", k => k + 1),
        new Wrong("VA25a", "indices-keep-an-axis", "Indices come as a column.", "Drop the axis that the minimum was taken over.")
            .Answering("vq_assign", i => Wrong.One("indices", new Tensor([i["z"].Shape[0], 1], Wrong.Right("vq_assign", i)["indices"].Int64.ToArray()))),
        new Wrong("VA26", "empty-is-one-zero", "No vectors are given a code.", "Answer no indices for no vectors.")
            .Answering("vq_assign", i => i["z"].Shape[0] == 0 ? Wrong.One("indices", new Tensor([1], new long[1])) : Wrong.Right("vq_assign", i)),
        new Wrong("VA18", "quantizer-bypassed", "The reconstruction is suspiciously good.", "Return the code, not the input.", "lucidrains/vector-quantize-pytorch@d403248")
            .Answering("vq_quantize", i => Wrong.One("quantized", i["z"])),
        new Wrong("VA19", "neighbouring-code-returned", "The vector and the index do not belong together.", "Look the code up by the index that is returned.", "lucidrains/vector-quantize-pytorch#224")
            .Value("vq_quantize", Formulas.Gives("quantized", i =>
            {
                var indices = Nearest(i["z"], i["codebook"], Squared);
                return Grid.Matrix(i["z"].Rows, i["z"].Columns, (n, d) => i["codebook"][(indices[n] + 1) % i["codebook"].Rows, d]);
            })),
    ];

    private static IEnumerable<Mistake> Numeric =>
    [
        new Wrong("VA10", "nan-passed-over", "All is well, and a broken code goes unseen for ever.", "Use an argmin that answers NaN's index, or refuse NaN.")
            .Value("vq_assign", By((z, e) => Squared(z, e) is var d && double.IsNaN(d) ? double.PositiveInfinity : d)),
        new Wrong("VA10a", "nan-is-code-zero", "A broken code makes every token 0, without an error.", "Use an argmin that answers NaN's index, or refuse NaN.")
            .Value("vq_assign", Formulas.Gives("indices", i => Grid.Whole([i["z"].Rows], Rows(i["codebook"]).Any(e => Array.Exists(e, double.IsNaN))
                ? Enumerable.Repeat(0, i["z"].Rows)
                : Nearest(i["z"], i["codebook"], Squared)))),
        new Wrong("VA12", "expanded-in-float32", "Far from the origin the wrong neighbour is chosen.", "Sum squared differences, or accumulate in float64.", "facebookresearch/faiss#297")
            .Value("vq_assign", By((z, e) => Expanded(z, e, DType.Float32))),
        new Wrong("VA13", "squares-in-half", "Large vectors take code 0.", "Accumulate in float32.", "rapidsai/cuvs#914")
            .Value("vq_assign", By((z, e) => Expanded(z, e, DType.Float16) is var d && double.IsNaN(d) && !Array.Exists(e, double.IsNaN) ? double.PositiveInfinity : d)),
        new Wrong("VA23", "index-in-a-byte", "Codes alias modulo 256.", "Store indices in a type that counts all codes.")
            .Changing("vq_assign", "indices", k => k % 256),
        new Wrong("VA23b", "index-in-bfloat16", "Codes above 256 are rounded to a neighbour.", "Keep indices whole numbers.")
            .Changing("vq_assign", "indices", k => Precision.Of(DType.BFloat16).Round(k)),
    ];

    private static Formula By(Score score) => Formulas.Gives("indices", i => Grid.Whole([i["z"].Rows], Nearest(i["z"], i["codebook"], score)));

    private static Formula QuantizedBy(Score score) => i =>
    {
        var indices = Nearest(i["z"], i["codebook"], score);
        return new Dictionary<string, Grid>
        {
            ["indices"] = Grid.Whole([i["z"].Rows], indices),
            ["quantized"] = Grid.Matrix(i["z"].Rows, i["z"].Columns, (n, d) => i["codebook"][indices[n], d]),
        };
    };

    private static double Expanded(double[] z, double[] code, DType dtype)
    {
        var round = Formulas.RoundedTo(dtype);
        double Dotted(double[] a, double[] b) => a.Zip(b).Aggregate(0.0, (sum, p) => round(sum + round(p.First * p.Second)));
        return round(round(Dotted(z, z) - round(2 * Dotted(z, code))) + Dotted(code, code));
    }
}

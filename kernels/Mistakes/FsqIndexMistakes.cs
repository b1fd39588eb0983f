using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>FSQ codes to indices and back: the basis, the digits, and the types they are kept in.</summary>
internal static class FsqIndexMistakes
{
    private const string ToIndices = "fsq_codes_to_indices";
    private const string ToCodes = "fsq_indices_to_codes";

    public static IEnumerable<Mistake> All =>
    [
        Index("FS09", "basis-of-products", "Indices are not dense: they pass the size of the codebook.", "The basis starts at one: [1, L0, L0 L1, ...].", (digits, l) => Total(digits, Products(l))),
        Index("FS10", "last-dimension-fastest", "Tokens do not fit those of the reference; round trips do.", "Let the first dimension run fastest.", (digits, l) => Total(digits, BigEndian(l))),
        Index("FS08", "basis-in-32-bits", "Large codebooks collide.", "Keep the basis in 64 bits.", (digits, l) => Total(digits, [.. Basis(l).Select(b => (long)unchecked((int)b))]), "Stability-AI/stable-audio-tools#171"),
        Index("FS08a", "index-in-32-bits", "Large indices are negative.", "Keep indices in 64 bits.", (digits, l) => unchecked((int)Total(digits, Basis(l))), "Stability-AI/stable-audio-tools#171"),
        Index("FS07", "index-through-float32", "Indices beyond 2^24 are rounded.", "Sum whole numbers.", (digits, l) => (long)(float)Total(digits, Basis(l))),
        Index("FS07a", "index-through-bfloat16", "Indices beyond 256 are rounded.", "Sum whole numbers, whatever the dtype of the codes.", (digits, l) => (long)Precision.Of(DType.BFloat16).Round(Total(digits, Basis(l)))),
        Index("FS07b", "index-through-half", "Indices beyond 2048 are rounded.", "Sum whole numbers, whatever the dtype of the codes.", (digits, l) => (long)Math.Min(Precision.Of(DType.Float16).Round(Total(digits, Basis(l))), 65504)),
        Index("FS10a", "largest-level-as-base", "Indices are not dense.", "Weigh each digit by the product of the levels before it.", (digits, l) => Total(digits, [.. l.Select((_, d) => (long)Math.Min(Math.Pow(l.Max(), d), 1e18))])),
        Index("FS20a", "digits-summed", "Many codes share an index.", "Weigh the digits by the basis.", (digits, _) => digits.Sum()),
        Index("FS09a", "counted-from-one", "Every index is one too high.", "Count codes from zero.", (digits, l) => Total(digits, Basis(l)) + 1) with { Name = "fsq-counted-from-one" },
        new Wrong("FS06", "truncating-cast", "Some indices are one too low.", "Round before the cast.", "lucidrains/vector-quantize-pytorch#215")
            .Answering(ToIndices, i => Indices(i, (code, l) => (long)((code * (l / 2)) + (l / 2)), (digits, l) => Total(digits, Basis(l)))),
        new Wrong("FS14b", "shift-in-halves", "Digits of odd levels are off.", "Use the whole number L div 2 for the width.")
            .Answering(ToIndices, i => Indices(i, (code, l) => (long)Math.Round((code + 1) / 2 * (l - 1)), (digits, l) => Total(digits, Basis(l)))),
        new Wrong("FS24a", "codes-not-shifted", "Negative codes wrap round.", "Add L div 2 before weighing a digit.")
            .Answering(ToIndices, i => Indices(i, (code, l) => (long)Math.Round(code * (l / 2)), (digits, l) => Total(digits, Basis(l)))),

        Code("FS20", "modulo-missing", "Codes leave [-1, 1] in all but the last dimension.", "Take each digit modulo its levels.", (index, d, l) => Centred(index / Basis(l)[d], l[d])),
        Code("FS10b", "read-last-dimension-fastest", "Codes are read in the wrong order; round trips hide it.", "Let the first dimension run fastest.", (index, d, l) => Centred(index / BigEndian(l)[d] % l[d], l[d])),
        Code("FS09b", "read-by-products", "The first dimension takes the digits of the second.", "The basis starts at one.", (index, d, l) => Centred(index / Products(l)[d] % l[d], l[d])),
        Code("FS08b", "read-in-32-bits", "Large indices give wrong codes.", "Keep the basis in 64 bits.", (index, d, l) => Centred((long)((uint)index / Math.Max((uint)Basis(l)[d], 1)) % l[d], l[d])),
        Code("FS14c", "width-not-whole", "Odd levels do not reach one.", "Divide by the whole number L div 2.", (index, d, l) => (Digit(index, d, l) - (l[d] / 2)) / (l[d] / 2.0)),
        Code("FS24b", "codes-not-normalised", "Codes are whole numbers.", "Divide by L div 2.", (index, d, l) => Digit(index, d, l) - (l[d] / 2)),
        Code("FS24c", "codes-not-centred", "Codes run from 0 to 2.", "Subtract one.", (index, d, l) => Digit(index, d, l) / (double)(l[d] / 2)),
        Code("FS25", "symmetric-grid", "Even levels reach plus one.", "The plain form has its digits on (digit - w) / w; the symmetric one is another operation.", (index, d, l) => (2.0 * Digit(index, d, l) / (l[d] - 1)) - 1),
        Code("FS20b", "division-rounded", "Digits carry into the next dimension.", "Divide whole numbers and round down.", (index, d, l) => Centred((long)Math.Round((double)index / Basis(l)[d]) % l[d], l[d])),
        Code("FS20c", "modulo-of-the-next", "Digits are taken modulo a neighbour's levels.", "Take digit d modulo level d.", (index, d, l) => Centred(index / Basis(l)[d] % l[(d + 1) % l.Length], l[d])),
    ];

    private static long[] Basis(long[] levels) => [.. levels.Select((_, d) => levels.Take(d).Aggregate(1L, (p, l) => p * l))];

    private static long[] Products(long[] levels) => [.. levels.Select((_, d) => levels.Take(d + 1).Aggregate(1L, (p, l) => p * l))];

    private static long[] BigEndian(long[] levels) => [.. levels.Select((_, d) => levels.Skip(d + 1).Aggregate(1L, (p, l) => p * l))];

    private static long Total(long[] digits, long[] basis) => digits.Zip(basis, (a, b) => unchecked(a * b)).Sum();

    private static long Digit(long index, int d, long[] levels) => index / Basis(levels)[d] % levels[d];

    private static double Centred(long digit, long levels) => (double)(digit - (levels / 2)) / (levels / 2);

    private static Mistake Index(string id, string name, string symptom, string mend, Func<long[], long[], long> join, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering(ToIndices, i => Indices(i, (code, l) => (long)Math.Round((code * (l / 2)) + (l / 2)), join));

    private static Dictionary<string, Tensor> Indices(Given inputs, Func<double, long, long> digit, Func<long[], long[], long> join)
    {
        var (codes, levels) = (inputs["codes"], inputs["levels"].Int64.ToArray());
        return Wrong.One("indices", new Tensor([codes.Shape[0]], [.. Enumerable.Range(0, codes.Shape[0])
            .Select(n => join([.. levels.Select((l, d) => digit(codes[n, d], l))], levels))]));
    }

    private static Mistake Code(string id, string name, string symptom, string mend, Func<long, int, long[], double> code) =>
        new Wrong(id, name, symptom, mend).Answering(ToCodes, inputs =>
        {
            var (indices, levels) = (inputs["indices"], inputs["levels"].Int64.ToArray());
            return Wrong.One("codes", new Tensor([indices.Count, levels.Length], [.. indices.Int64.ToArray()
                .SelectMany(index => levels.Select((_, d) => code(index, d, levels)))]));
        });
}

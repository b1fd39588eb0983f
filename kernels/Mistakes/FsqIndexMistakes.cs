using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>FSQ codes to indices and back: the basis, the digits, and the types they are kept in.</summary>
internal static class FsqIndexMistakes
{
    private const string ToIndices = "fsq_codes_to_indices";
    private const string ToCodes = "fsq_indices_to_codes";
    private const string ToMap = "fsq_indices_to_codes_map";

    /// <summary>The channel, row and column of a map that an element is read from, of the map's channels, height and width.</summary>
    private delegate (int Channel, int Row, int Column) Place(int channel, int row, int column, int channels, int height, int width);

    public static IEnumerable<Mistake> All => [.. Rows, .. Maps];

    private static IEnumerable<Mistake> Maps =>
    [
        new Wrong("FS21", "map-channels-last", "The decoder fails on the shape.", "Permute [B, H, W, C] to [B, C, H, W].", "lucidrains/vector-quantize-pytorch#82")
            .Answering(ToMap, i =>
            {
                var rows = AsRows(i);
                return Wrong.One("codes", new Tensor([.. i["indices"].Shape, rows.Shape[1]], rows.ToDoubles()));
            }),
        new Wrong("FS21a", "map-reshaped-for-permuted", "The shape is right and the picture scrambled.", "Permute [B, H, W, C] to [B, C, H, W]; a reshape moves nothing.")
            .Answering(ToMap, i => Wrong.One("codes", new Tensor(MapShape(i), AsRows(i).ToDoubles()))),
        Moved("FS21b", "map-transposed", "The picture is mirrored on its diagonal.", "Keep rows and columns apart.", (c, y, x, _, h, w) => (c, ((y * w) + x) % h, ((y * w) + x) / h)),
        Moved("FS21c", "map-channels-reversed", "Channels come in the wrong order.", "The first level is the first channel.", (c, y, x, channels, _, _) => (channels - 1 - c, y, x)),
        Moved("FS21d", "map-upside-down", "The picture stands on its head.", "Row 0 is the first row.", (c, y, x, _, h, _) => (c, h - 1 - y, x)),
        .. Rows.Where(m => m.Operation == ToCodes && m.Id is "FS20" or "FS10b" or "FS09b" or "FS24b" or "FS24c").Select(OnMaps),
    ];

    private static IEnumerable<Mistake> Rows =>
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

    /// <summary>The mistake of single indices, made on a map.</summary>
    private static Mistake OnMaps(Mistake mistake) => new Wrong(mistake.Id, "map-" + mistake.Name, mistake.Symptom, mistake.Mend, mistake.Source).Answering(ToMap, i =>
        Permuted(i, mistake.Answer(new Dictionary<string, Tensor>(i) { ["indices"] = Flat(i["indices"]) })["codes"], (c, y, x, _, _, _) => (c, y, x)));

    private static Mistake Moved(string id, string name, string symptom, string mend, Place from) =>
        new Wrong(id, name, symptom, mend).Answering(ToMap, i => Permuted(i, AsRows(i), from));

    private static Dictionary<string, Tensor> Permuted(Given i, Tensor rows, Place from)
    {
        var shape = MapShape(i);
        var (channels, height, width) = (shape[1], shape[2], shape[3]);
        return Wrong.One("codes", new Tensor(shape, [.. Enumerable.Range(0, rows.Count).Select(e =>
        {
            var (channel, row, column) = from(e / (height * width) % channels, e / width % height, e % width, channels, height, width);
            return rows[(((e / (channels * height * width) * height) + row) * width) + column, channel];
        })]));
    }

    private static Tensor AsRows(Given i) =>
        Wrong.Right(ToCodes, new Dictionary<string, Tensor>(i) { ["indices"] = Flat(i["indices"]) })["codes"];

    private static Tensor Flat(Tensor indices) => new([indices.Count], indices.Int64.ToArray());

    private static int[] MapShape(Given i) => [i["indices"].Shape[0], i["levels"].Count, i["indices"].Shape[1], i["indices"].Shape[2]];

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

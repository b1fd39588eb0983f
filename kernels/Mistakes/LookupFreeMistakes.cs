using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>A bit a dimension: which sign sets it, what it is worth in the index, how large its code is, what passes it.</summary>
internal static class LookupFreeMistakes
{
    public static IEnumerable<Mistake> All => [.. Quantized, .. Indices, .. Decoded, .. Spherical, .. Tokens, .. Refusals];

    private static IEnumerable<Mistake> Quantized =>
    [
        new Wrong("LF18", "unit-codes-whatever-the-scale", "Decoded indices and forward codes differ in size.", "Multiply the signs by the scale.")
            .Value("lfq_quantize", Coded((z, _) => Sign(z))),
        new Wrong("LF18a", "codes-divided-by-the-scale", "Codes grow as the scale shrinks.", "Multiply the signs by the scale.")
            .Value("lfq_quantize", Coded((z, scale) => Sign(z) / scale)),
        new Wrong("LF18b", "bits-for-signs", "Negative dimensions are zero.", "Map a bit to -1 or 1, not to 0 or 1.")
            .Value("lfq_quantize", Coded((z, scale) => z.Value > 0 ? scale : 0)),
        new Wrong("LF18c", "sign-of-zero-is-zero", "A dimension at zero has no code.", "Count zero as negative: compare z > 0, do not call sign.")
            .Value("lfq_quantize", Coded((z, scale) => Math.Sign(z.Value) * scale)),
        new Wrong("LF18d", "zero-counts-as-positive", "Code and index of a zero are another codebase's.", "Compare with >, not with >=.")
            .Value("lfq_quantize", i => new Dictionary<string, Grid>
            {
                ["codes"] = i["z"].Like(e => i["z"][e].Value >= 0 ? i["scale"][0] : -i["scale"][0]),
                ["indices"] = Indexed(i["z"], (z, _) => z >= 0),
            }),
        new Wrong("LF18e", "lookup-free-bypassed", "The reconstruction is suspiciously good.", "Return the codes, not the input.")
            .Answering("lfq_quantize", i => Wrong.One("codes", i["z"])),
        new Wrong("LF18f", "hyperbolic-tangent-for-sign", "Codes are not binary.", "Round to the sign in the forward pass.")
            .Value("lfq_quantize", Coded((z, scale) => scale * Tanh(z))),
        Passing("ST01l", "lookup-free-nothing-passes", "The encoder learns from the entropy only.", "Pass the gradient by z + sg(code - z).", (z, _) => 0 * z),
        Passing("ST07l", "gradient-of-a-hard-tanh", "Far encoders get stuck.", "Pass the gradient however far the code is.", (z, _) => Clamp(z, -1, 1)),
        Passing("ST07m", "gradient-of-tanh", "Far encoders learn slowly.", "Pass the identity's gradient.", (z, _) => Tanh(z)),
        Passing("LF18g", "gradient-times-scale", "The encoder's gradient shrinks with the scale.", "Stop the whole difference: z + sg(code - z).", (z, scale) => scale * z),
        Passing("ST03l", "lookup-free-gradient-sign", "Training moves away from the data.", "Add sg(code - z) to z.", (z, _) => -z),
    ];

    private static IEnumerable<Mistake> Indices =>
    [
        new Wrong("LF02a", "inverted-bits", "Every index is the complement.", "A positive dimension sets its bit.")
            .Value("lfq_quantize", Gives("indices", i => Indexed(i["z"], (z, _) => z <= 0))),
        new Wrong("LF02b", "first-bit-left-out", "Indices are halved.", "The first dimension weighs 1.")
            .Changing("lfq_quantize", "indices", k => Math.Floor(k / 2)),
        new Wrong("LF02c", "bits-weigh-from-two", "Indices are doubled.", "The first dimension weighs 1.")
            .Changing("lfq_quantize", "indices", k => k * 2),
        new Wrong("LF02d", "bits-counted", "Codes with equally many set bits share an index.", "Weigh dimension i by 2^i.")
            .Value("lfq_quantize", Gives("indices", i => i["z"].PerRow(n => Enumerable.Range(0, i["z"].Columns).Count(j => i["z"][n, j].Value > 0)))),
        new Wrong("LF02e", "bits-in-half", "Large indices are rounded to a neighbour.", "Keep indices whole numbers.")
            .Changing("lfq_quantize", "indices", k => Precision.Of(DType.BFloat16).Round(k)),
        new Wrong("LF02f", "bits-in-float32", "Indices beyond 2^24 lose their low bits.", "Add up the bits in whole numbers.")
            .Changing("lfq_quantize", "indices", k => Precision.Of(DType.Float32).Round(k)),
        new Wrong("LF02g", "bits-in-32-bits", "Indices beyond 2^31 are negative.", "Use 64 bits.")
            .Changing("lfq_quantize", "indices", k => unchecked((int)(long)k)),
    ];

    private static IEnumerable<Mistake> Decoded =>
    [
        .. new Wrong("LF18h", "decode-to-bits", "Decoded codes are 0 or the scale.", "Map a bit to -1 or 1.")
            .Both("lfq_indices_to_codes", Decode((k, i, _) => (k >> i) & 1)),
        .. new Wrong("LF18i", "decode-inverted", "Decoded codes have the other sign.", "A set bit is positive.")
            .Both("lfq_indices_to_codes", Decode((k, i, _) => 1 - (2 * ((k >> i) & 1)))),
        .. new Wrong("LF12a", "decode-by-the-mirrored-mask", "A round trip reverses the dimensions.", "Use one mask both ways.")
            .Both("lfq_indices_to_codes", Decode((k, i, d) => (2 * ((k >> (d - 1 - i)) & 1)) - 1)),
        new Wrong("LF18j", "decode-to-unit-codes", "Decoded codes and forward codes differ in size.", "Multiply the signs by the scale.")
            .Answering("lfq_indices_to_codes", i => Wrong.One("codes", Wrong.Map(Wrong.Right("lfq_indices_to_codes", i)["codes"], c => Math.Sign(c)))),
        .. new Wrong("LF18k", "decode-in-32-bits", "High dimensions repeat the low ones.", "Shift in 64 bits.")
            .Both("lfq_indices_to_codes", Decode((k, i, _) => (2 * (((int)k >> i) & 1)) - 1)),
    ];

    private static IEnumerable<Mistake> Spherical =>
    [
        new Wrong("LF13", "codes-off-the-sphere", "Codes have length sqrt(D).", "Divide the signs by sqrt(D).", "FoundationVision/Infinity#55")
            .Changing("bsq_quantize", "codes", c => Math.Sign(c)),
        new Wrong("LF13a", "codes-divided-by-d", "Codes lie inside the sphere.", "Divide by sqrt(D), not by D.")
            .Changing("bsq_quantize", "codes", c => c * Math.Abs(c)),
        new Wrong("LF13b", "normalized-vector-returned", "The reconstruction is suspiciously good.", "Return the signs, not the direction.")
            .Value("bsq_quantize", Gives("codes", i => Unit(i["z"]))),
        new Wrong("LF13c", "codes-of-the-vectors-length", "Codes lie on spheres of all sizes.", "Do not multiply the norm back in.")
            .Value("bsq_quantize", Gives("codes", i => i["z"].Like(e => Sign(i["z"][e]) * Norm(i["z"], e / i["z"].Columns) / Math.Sqrt(i["z"].Columns)))),
        new Wrong("LF13d", "spherical-bits-inverted", "Every index is the complement.", "A positive dimension sets its bit.")
            .Value("bsq_quantize", Gives("indices", i => Indexed(i["z"], (z, _) => z <= 0))),
        new Wrong("LF13e", "spherical-zero-counts-as-positive", "Code and index of a zero are another codebase's.", "Compare with >, not with >=.")
            .Value("bsq_quantize", i => new Dictionary<string, Grid>
            {
                ["codes"] = i["z"].Like(e => (i["z"][e].Value >= 0 ? 1 : -1) / Math.Sqrt(i["z"].Columns)),
                ["indices"] = Indexed(i["z"], (z, _) => z >= 0),
            }),
        new Wrong("LF14", "not-normalized-before-the-sign", "The gradient has a part along z, and long vectors learn as fast as short ones.", "Normalize z before the sign.")
            .Gradient("bsq_quantize", Gives("codes", i => i["z"].Like(e => i["z"][e]))),
        new Wrong("LF14a", "norm-detached", "The gradient has a part along z.", "Let the gradient pass the norm as well.")
            .Gradient("bsq_quantize", Gives("codes", i => i["z"].Like(e => i["z"][e] / Norm(i["z"], e / i["z"].Columns).Detached))),
        new Wrong("LF14b", "normalized-over-the-batch", "Samples share one norm.", "Normalize over the dimensions.")
            .Gradient("bsq_quantize", Gives("codes", i => i["z"].Like(e =>
                i["z"][e] / Sqrt(Sum(i["z"].Rows, n => Square(i["z"][n, e % i["z"].Columns])))))),
        new Wrong("LF14c", "divided-by-the-squared-norm", "Long vectors learn far too slowly.", "Divide by the norm, not by its square.")
            .Gradient("bsq_quantize", Gives("codes", i => i["z"].Like(e => i["z"][e] / Square(Norm(i["z"], e / i["z"].Columns))))),
        new Wrong("ST01s", "spherical-nothing-passes", "The encoder learns from the entropy only.", "Pass the gradient by u + sg(code - u).")
            .Gradient("bsq_quantize", Gives("codes", i => i["z"].Like(e => 0 * i["z"][e]))),
    ];

    private static IEnumerable<Mistake> Tokens =>
    [
        new Wrong("LF19", "token-halves-swapped-on-split", "Generated tokens decode to noise.", "The high part is index div 2^m, the low part index mod 2^m.")
            .Answering("lfq_split_tokens", i =>
            {
                var right = Wrong.Right("lfq_split_tokens", i);
                return new Dictionary<string, Tensor> { ["high"] = right["low"], ["low"] = right["high"] };
            }),
        new Wrong("LF19a", "token-halves-swapped-on-join", "Generated tokens decode to noise.", "Shift the high part, add the low one.")
            .Answering("lfq_join_tokens", i => Joined(i, (high, low, size) => (low * size) + high)),
        new Wrong("LF19b", "token-split-by-bits-not-by-size", "Halves are out of range.", "Divide by 2^m, not by m.")
            .Answering("lfq_split_tokens", i => new Dictionary<string, Tensor>
            {
                ["high"] = Wrong.Map(i["indices"], k => Math.Floor(k / i["low_bits"][0])),
                ["low"] = Wrong.Map(i["indices"], k => k % i["low_bits"][0]),
            }),
        new Wrong("LF19c", "token-halves-joined-one-short", "Joined tokens collide.", "The base is 2^m, not 2^m - 1.")
            .Answering("lfq_join_tokens", i => Joined(i, (high, low, size) => (high * (size - 1)) + low)),
        new Wrong("LF19d", "tokens-joined-in-32-bits", "Large tokens are negative.", "Use 64 bits.")
            .Answering("lfq_join_tokens", i => Joined(i, (high, low, size) => unchecked((int)((high * size) + low)))),
        new Wrong("LF19e", "tokens-split-in-32-bits", "Large tokens lose their high part.", "Use 64 bits.")
            .Answering("lfq_split_tokens", i => Wrong.One("high", new Tensor([i["indices"].Count], [.. i["indices"].Int64.ToArray().Select(k => (long)(unchecked((uint)k) >> (int)Math.Min(i["low_bits"][0], 31)))]))),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU15t", "scale-unchecked", "A scale of NaN poisons the codes in silence.", "Refuse a scale that is not finite and positive.")
            .Unrefused("lfq_quantize", i => new Dictionary<string, Tensor> { ["codes"] = Wrong.Map(i["z"], _ => double.NaN), ["indices"] = new Tensor([i["z"].Shape[0]], new long[i["z"].Shape[0]]) }),
        new Wrong("LF19f", "low-token-spills-over", "A low part that is too large changes the high one.", "Refuse parts that do not fit their bits.")
            .Unrefused("lfq_join_tokens", i => Joined(i, (high, low, size) => (high * size) + low)),
        new Wrong("LF19g", "negative-token-split", "A mask of -1 is split into tokens.", "Refuse negative tokens.")
            .Unrefused("lfq_split_tokens", i => new Dictionary<string, Tensor> { ["high"] = i["indices"], ["low"] = i["indices"] }),
        new Wrong("FS20l", "lookup-free-index-wraps-round", "An index past the end gives the first codes again.", "Refuse indices that are not in the codebook.")
            .Unrefused("lfq_indices_to_codes", i => Wrong.One("codes", new Tensor([i["indices"].Count, (int)i["dimensions"][0]], new double[i["indices"].Count * (int)i["dimensions"][0]]))),
    ];

    private static Mistake Passing(string id, string name, string symptom, string mend, Func<Traced, Traced, Traced> pass) =>
        new Wrong(id, name, symptom, mend).Gradient("lfq_quantize", Coded(pass));

    private static Formula Coded(Func<Traced, Traced, Traced> code) => Elements("codes", "z", (inputs, e) => code(inputs["z"][e], inputs["scale"][0]));

    /// <param name="sign">What the scale is multiplied by, from an index, a dimension and the number of dimensions.</param>
    private static Formula Decode(Func<long, int, int, double> sign) => Gives("codes", inputs =>
    {
        var dimensions = (int)inputs["dimensions"][0].Value;
        return Grid.Matrix(inputs["indices"].Count, dimensions, (n, i) => sign((long)inputs["indices"][n].Value, i, dimensions) * inputs["scale"][0]);
    });

    private static Grid Indexed(Grid z, Func<double, int, bool> isSet) =>
        z.PerRow(n => Enumerable.Range(0, z.Columns).Sum(j => isSet(z[n, j].Value, j) ? Math.ScaleB(1, j) : 0));

    private static double Sign(Traced z) => z.Value > 0 ? 1 : -1;

    private static Traced Norm(Grid z, int row) => Sqrt(Sum(z.Columns, j => Square(z[row, j])));

    private static Grid Unit(Grid z) => z.Like(e => z[e] / Norm(z, e / z.Columns));

    private static Dictionary<string, Tensor> Joined(IReadOnlyDictionary<string, Tensor> inputs, Func<long, long, long, long> join)
    {
        var size = 1L << (int)inputs["low_bits"].Int64[0];
        return Wrong.One("indices", new Tensor([inputs["high"].Count], [.. inputs["high"].Int64.ToArray().Zip(inputs["low"].Int64.ToArray(), (h, l) => join(h, l, size))]));
    }
}

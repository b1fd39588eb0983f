using LatentConformance.Contract;
using static LatentConformance.Mistakes.GroupedMistakes;

namespace LatentConformance.Mistakes;

/// <summary>Product quantization: the chunks as in a grouped quantizer, and the one code that stands for all of them.</summary>
internal static class ProductMistakes
{
    private const string Quantize = "product_vq_quantize";
    private const string Decode = "product_vq_decode";

    /// <summary>The code of some indices, lowest chunk first, to base K.</summary>
    private delegate long Compose(long[] indices, long size);

    /// <summary>The index of chunk g in a code, of so many chunks, to base K.</summary>
    private delegate long Digit(long code, int g, int groups, long size);

    public static IEnumerable<Mistake> All => [.. Chunks, .. Tokens, .. Gradients, .. Decoding, .. Refusals];

    private static IEnumerable<Mistake> Chunks =>
    [
        new Wrong("RQ17p", "chunks-interleaved", "Pretrained weights give noise.", "Cut the vector into contiguous chunks.")
            .Value(Quantize, Composed(Grouped(Interleaved))),
        new Wrong("RQ17q", "chunks-written-back-interleaved", "Codes are right and stand in the wrong dimensions.", "Put a chunk back where it was cut out.")
            .Value(Quantize, Composed(Grouped(Contiguous, write: Interleaved))),
        new Wrong("RQ17r", "chunks-in-reverse", "The last codebook reads the first chunk.", "Number chunks from the front.")
            .Value(Quantize, Composed(Grouped((g, c, groups, width) => ((groups - 1 - g) * width) + c))),
        new Wrong("VA24p", "chunks-read-the-first-codebook", "All chunks speak the same few codes.", "Take codebook g for chunk g.")
            .Value(Quantize, Composed(Grouped(Contiguous, book: _ => 0))),
        new Wrong("VA24q", "chunks-look-up-in-the-first-codebook", "Indices are right and the vectors are not.", "Look a chunk's index up in its own codebook.")
            .Value(Quantize, Composed(Grouped(Contiguous, lookup: _ => 0))),
        new Wrong("VA18p", "product-quantizer-bypassed", "The reconstruction is suspiciously good.", "Return the codes, not the input.")
            .Answering(Quantize, i => Wrong.One("quantized", i["z"])),
        new Wrong("VA07p", "farthest-code-of-each-chunk", "The farthest code is chosen.", "Take the minimum of distances.")
            .Value(Quantize, Composed(Grouped(Contiguous, score: (z, e) => -Codes.Squared(z, e)))),
        new Wrong("VA04p", "norm-forgotten-in-each-chunk", "Long codes win always.", "Keep the squared norm of the code in the score.")
            .Value(Quantize, Composed(Grouped(Contiguous, score: (z, e) => -Codes.Dot(z, e)))),
        new Wrong("VA07q", "ties-to-the-last-of-each-chunk", "Of equal codes the higher index wins.", "Compare with <, not with <=.")
            .Value(Quantize, Composed(Grouped(Contiguous, lastOfTies: true))),
    ];

    private static IEnumerable<Mistake> Tokens =>
    [
        Token("FS10p", "first-chunk-highest", "Tokens belong to another order of the chunks.", "Give chunk 0 the weight 1.", (k, size) => k.Aggregate(0L, (code, digit) => (code * size) + digit)),
        Token("FS09p", "weights-one-chunk-on", "Tokens are K times too high, and not dense.", "Give chunk g the weight K^g.", (k, size) => size * Right(k, size)),
        Token("RQ18p", "chunks-to-the-base-of-their-number", "Unlike codes share a token.", "Take K for the base, not the number of chunks.", (k, _) => Right(k, k.Length)),
        Token("RQ18q", "weights-in-an-arithmetic-row", "Unlike codes share a token.", "Give chunk g the weight K^g, not K g.", (k, size) => k.Select((digit, g) => digit * Math.Max(g * size, 1)).Sum()),
        Token("RQ18r", "indices-added-up", "Unlike codes share a token.", "Give chunk g the weight K^g.", (k, _) => k.Sum()),
        Token("RQ18s", "first-index-for-the-token", "Tokens are those of the first chunk.", "Join the indices of all chunks.", (k, _) => k[0]),
        Token("FS08p", "token-in-32-bits", "Tokens of many chunks are negative or collide.", "Count codes in 64 bits.", (k, size) => unchecked((int)Right(k, size))),
        Token("FS09q", "token-counts-codes-from-one", "No vector has token 0.", "Count codes from zero.", (k, size) => Right(k, size) + 1),
        Token("FS08q", "token-in-single-precision", "Tokens of many chunks are off by a few.", "Count codes in whole numbers.", (k, size) => (long)(float)Right(k, size)),
        new Wrong("VA24r", "indices-into-the-joined-table", "Indices of later chunks are too high by a multiple of K.", "Number the codes of each chunk from zero.")
            .Answering(Quantize, i =>
            {
                var indices = Wrong.Right(Quantize, i)["indices"];
                var (groups, size) = (i["codebooks"].Shape[0], i["codebooks"].Shape[1]);
                return Wrong.One("indices", new Tensor(indices.Shape.ToArray(), [.. indices.Int64.ToArray().Select((k, at) => k + ((long)(at % groups) * size))]));
            }),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        new Wrong("ST01p", "product-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(q - z).")
            .Gradient(Quantize, Grouped(Contiguous, pass: (_, q) => q.Detached)),
        new Wrong("ST03p", "product-no-stop-gradient", "The codebooks take the encoder's gradient.", "Stop the gradient in z + sg(q - z).")
            .Gradient(Quantize, Grouped(Contiguous, pass: (_, q) => q)),
        new Wrong("ST05p", "product-codebook-gradient-too", "The decoder moves the codebooks.", "Give the codebooks nothing.")
            .Gradient(Quantize, Grouped(Contiguous, pass: (z, q) => z + q - z.Detached)),
        new Wrong("ST07p", "product-gradient-cut-off", "Far encoders get stuck.", "Pass the gradient however far the code is.")
            .Gradient(Quantize, Grouped(Contiguous, pass: StraightThroughMistakes.CutOff)),
        new Wrong("RQ17s", "product-gradient-interleaved", "Every dimension learns from another one.", "Undo the cut by its inverse.")
            .Gradient(Quantize, Grouped(Contiguous, write: Interleaved)),
    ];

    private static IEnumerable<Mistake> Decoding =>
    [
        .. Read("FS10q", "decode-first-chunk-highest", "Tokens are read in another order of the chunks.", "The first chunk is the lowest digit.", (code, g, groups, size) => Plain(code, groups - 1 - g, groups, size)),
        .. Read("FS20p", "decode-without-the-remainder", "Only the last chunk is decoded rightly.", "Take the quotient modulo K.", (code, g, groups, size) => Math.Min(Above(code, g, size), size - 1)),
        .. Read("RQ18t", "decode-to-the-base-of-the-chunks", "Unlike tokens decode alike.", "Take K for the base, not the number of chunks.", (code, g, groups, size) => Plain(code, g, groups, Math.Max(groups, 2)) % size),
        .. Read("FS20q", "decode-remainder-for-all-chunks", "All chunks take the code of the first.", "Divide by K^g before the remainder.", (code, _, _, size) => code % size),
        .. Read("FS08r", "token-decoded-in-32-bits", "Tokens of many chunks decode to something else.", "Count codes in 64 bits.", (code, g, groups, size) => Plain(code & int.MaxValue, g, groups, size)),
        .. new Wrong("VA24s", "token-decoded-by-the-first-codebook", "Decoded vectors differ from the forward output.", "Take codebook g for chunk g.")
            .Both(Decode, Decoded(Plain, book: _ => 0)),
        .. new Wrong("RQ17t", "decoded-chunks-interleaved", "Codes are right and stand in the wrong dimensions.", "Put the chunks one after the other.")
            .Both(Decode, Decoded(Plain, write: Interleaved)),
        new Wrong("NU13p", "last-vector-of-a-code-wins", "Of several vectors on one code only the last moves it.", "Accumulate the gradients of a code.")
            .Answering(Decode + ".vjp", i => Scattered(i, members => members[^1])),
        new Wrong("NU13q", "mean-of-a-code-over-its-vectors", "Popular codes move too slowly.", "Sum the gradients of a code; do not average them.")
            .Answering(Decode + ".vjp", i => Scattered(i, members => members.Average())),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("FS08s", "too-many-codes-answered", "Tokens wrap round and collide.", "Refuse more codes than a token can count.")
            .Unrefused(Quantize, i => Wrong.One("quantized", i["z"])),
        new Wrong("FS20r", "token-wraps-round", "A token past the end decodes to the first codes again.", "Refuse tokens that are not in [0, K^G).")
            .Unrefused(Decode, i => Wrong.One("quantized", new Tensor([i["code"].Count, i["codebooks"].Shape[0] * i["codebooks"].Shape[2]], new double[i["code"].Count * i["codebooks"].Shape[0] * i["codebooks"].Shape[2]]))),
    ];

    private static long Right(long[] indices, long size) => indices.Reverse().Aggregate(0L, (code, k) => (code * size) + k);

    private static long Plain(long code, int g, int groups, long size) => Above(code, g, size) % size;

    /// <summary>The code without its g lowest digits.</summary>
    private static long Above(long code, int g, long size) => Enumerable.Repeat(size, g).Aggregate(code, (rest, by) => rest / by);

    private static Mistake Token(string id, string name, string symptom, string mend, Compose compose) =>
        new Wrong(id, name, symptom, mend).Answering(Quantize, i =>
        {
            var (indices, groups) = (Wrong.Right(Quantize, i)["indices"].Int64.ToArray(), i["codebooks"].Shape[0]);
            return Wrong.One("code", new Tensor([i["z"].Shape[0]], [.. indices.Chunk(groups).Select(k => compose(k, i["codebooks"].Shape[1]))]));
        });

    /// <summary>A wrong quantizer whose token is made rightly of its indices.</summary>
    private static Formula Composed(Formula quantizer) => inputs =>
    {
        var outputs = quantizer(inputs).ToDictionary();
        var (indices, size) = (outputs["indices"], inputs["codebooks"].Shape[1]);
        outputs["code"] = Grid.Each([indices.Rows], n => Right([.. Enumerable.Range(0, indices.Columns).Select(g => (long)indices[n, g].Value)], size));
        return outputs;
    };

    private static Mistake[] Read(string id, string name, string symptom, string mend, Digit digit) =>
        new Wrong(id, name, symptom, mend).Both(Decode, Decoded(digit));

    private static Formula Decoded(Digit digit, Func<int, int>? book = null, Place? write = null) => inputs =>
    {
        var (code, books) = (inputs["code"], inputs["codebooks"]);
        var (groups, size, width) = (books.Rows, books.Shape[1], books.Shape[2]);
        var quantized = new Traced[code.Count * groups * width];
        foreach (var at in Enumerable.Range(0, quantized.Length))
        {
            var (n, g, c) = (at / (groups * width), at / width % groups, at % width);
            var k = (int)digit((long)code[n].Value, g, groups, size);
            quantized[(n * groups * width) + (write ?? Contiguous)(g, c, groups, width)] = books[book?.Invoke(g) ?? g, (k * width) + c];
        }

        return new Dictionary<string, Grid> { ["quantized"] = new([code.Count, groups * width], quantized) };
    };

    /// <summary>The codebooks' gradient by another rule for joining the vectors of one code.</summary>
    private static Dictionary<string, Tensor> Scattered(Given i, Func<double[], double> join)
    {
        var (code, books, upstream) = (i["code"], i["codebooks"], i["d_quantized"]);
        var (groups, size, width) = (books.Shape[0], books.Shape[1], books.Shape[2]);
        return Wrong.One("d_codebooks", new Tensor(books.Shape.ToArray(), [.. Enumerable.Range(0, books.Count).Select(at =>
        {
            var (g, k, c) = (at / (size * width), at / width % size, at % width);
            double[] members = [.. Enumerable.Range(0, code.Count).Where(n => Plain(code.Int64[n], g, groups, size) == k).Select(n => upstream[n, (g * width) + c])];
            return members.Length == 0 ? 0 : join(members);
        })]));
    }
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Codes;

namespace LatentConformance.Mistakes;

/// <summary>Feature maps: which elements make a vector, and where its code is put back.</summary>
internal static class VqMapMistakes
{
    /// <summary>The place in row-major order of channel <c>channel</c> of vector <c>site</c> in a map of a shape.</summary>
    private delegate int Place(int[] shape, int site, int channel);

    public static IEnumerable<Mistake> All =>
    [
        new Wrong("VA01", "no-permute", "It trains, and works worse: vectors are made of neighbouring positions.", "Permute to channels last before the reshape.", "lucidrains/vector-quantize-pytorch#70")
            .Value("vq_quantize_map", Of(ChannelsLast, ChannelsLast)),
        .. new Wrong("VA01a", "no-permute-back", "The output's channels and positions are scrambled.", "Permute back by the inverse before the codes are returned.", "lucidrains/vector-quantize-pytorch#70")
            .Both("vq_quantize_map", Of(Right, ChannelsLast)),
        .. new Wrong("VA01b", "transposed-back", "The output is mirrored on its diagonal.", "Use the inverse permutation, not the same one again.")
            .Both("vq_quantize_map", Of(Right, Transposed)),
        new Wrong("VA01c", "columns-first", "Indices come column by column.", "Flatten rows first.")
            .Value("vq_quantize_map", Of(Transposed, Transposed)),
        new Wrong("VA25b", "indices-squeezed", "A map of one position loses its axes.", "Do not squeeze axes of size one.", "lucidrains/vector-quantize-pytorch#228")
            .Answering("vq_quantize_map", inputs =>
            {
                var indices = Wrong.Right("vq_quantize_map", inputs)["indices"];
                return Wrong.One("indices", new Contract.Tensor([.. indices.Shape.ToArray().Where(s => s != 1)], indices.Int64.ToArray()));
            }),
        new Wrong("VA18a", "map-quantizer-bypassed", "The reconstruction is suspiciously good.", "Return the codes, not the input.", "lucidrains/vector-quantize-pytorch@d403248")
            .Answering("vq_quantize_map", inputs => Wrong.One("quantized", inputs["z"])),
        new Wrong("VA07b", "map-farthest-code", "The farthest code is chosen.", "Take the minimum of distances.", "lucidrains/vector-quantize-pytorch#108")
            .Value("vq_quantize_map", Of(Right, Right, (z, e) => -Squared(z, e))),
        new Wrong("VA04b", "map-norm-forgotten", "Long codes win always.", "Keep the squared norm of the code in the score.", "lucidrains/vector-quantize-pytorch#120")
            .Value("vq_quantize_map", Of(Right, Right, (z, e) => -Dot(z, e))),
        new Wrong("ST01b", "map-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(q - z).")
            .Gradient("vq_quantize_map", Of(Right, Right, pass: (_, q) => q.Detached)),
        new Wrong("ST03b", "map-no-stop-gradient", "The codebook takes the encoder's gradient.", "Stop the gradient in z + sg(q - z).", "NTU-AIoT-Lab/EfficientFi#4")
            .Gradient("vq_quantize_map", Of(Right, Right, pass: (z, q) => z + (q - z))),
        new Wrong("ST07b", "map-gradient-cut-off", "Far encoders get stuck.", "Pass the gradient however far the code is.")
            .Gradient("vq_quantize_map", Of(Right, Right, pass: StraightThroughMistakes.CutOff)),
        new Wrong("ST05b", "map-codebook-gradient-too", "The decoder moves the codebook.", "Give the codebook nothing: it learns from its own loss.")
            .Gradient("vq_quantize_map", Of(Right, Right, pass: (z, q) => z + q - z.Detached)),
    ];

    private static int Right(int[] shape, int site, int channel)
    {
        var positions = shape[2] * shape[3];
        return (((site / positions * shape[1]) + channel) * positions) + (site % positions);
    }

    private static int ChannelsLast(int[] shape, int site, int channel) => (site * shape[1]) + channel;

    /// <summary>Positions counted down the columns.</summary>
    private static int Transposed(int[] shape, int site, int channel)
    {
        var (positions, h, w) = (shape[2] * shape[3], shape[2], shape[3]);
        var position = site % positions;
        return Right(shape, (site / positions * positions) + (position % h * w) + (position / h), channel);
    }

    private static Formula Of(Place read, Place write, Score? score = null, Func<Traced, Traced, Traced>? pass = null) => inputs =>
    {
        var (map, codebook) = (inputs["z"], inputs["codebook"]);
        var (b, d, h, w) = (map.Shape[0], map.Shape[1], map.Shape[2], map.Shape[3]);
        var rows = Grid.Matrix(b * h * w, d, (site, channel) => map[read(map.Shape, site, channel)]);
        var indices = Nearest(rows, codebook, score ?? Squared);
        var quantized = new Traced[map.Count];
        for (var site = 0; site < indices.Length; site++)
        {
            for (var channel = 0; channel < d; channel++)
            {
                var (z, code) = (rows[site, channel], codebook[indices[site], channel]);
                quantized[write(map.Shape, site, channel)] = pass?.Invoke(z, code) ?? Traced.Through(z, code.Value);
            }
        }

        return new Dictionary<string, Grid> { ["quantized"] = new Grid(map.Shape, quantized), ["indices"] = Grid.Whole([b, h, w], indices) };
    };
}

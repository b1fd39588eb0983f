using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;

namespace LatentConformance.Mistakes;

/// <summary>Enlarging and reshuffling: which channel, which corner of the square, which place.</summary>
internal static class ResamplingMistakes
{
    /// <summary>Where an output's element is taken from: (channel, row, column) and the factor, and the sizes of x but the first.</summary>
    private delegate (int Channel, int Row, int Column) Source(int c, int h, int w, int f, int[] sizes);

    public static IEnumerable<Mistake> All => [.. Upsampling, .. Shuffling, .. Unshuffling, .. Refusals];

    private static IEnumerable<Mistake> Upsampling =>
    [
        .. new Wrong("CV28c", "tiled-instead-of-repeated", "The picture appears several times.", "Repeat each value; do not tile the map.")
            .Both("upsample_nearest", Enlarged((c, h, w, _, s) => (c, h % s[1], w % s[2]))),
        .. new Wrong("CV28d", "repeated-from-the-corners", "The picture is shifted by a part of a pixel.", "Round the source down: p div factor.")
            .Both("upsample_nearest", Enlarged((c, h, w, f, s) => (c, Math.Min((h + (f / 2)) / f, s[1] - 1), Math.Min((w + (f / 2)) / f, s[2] - 1)))),
        .. new Wrong("CV28e", "upsampled-transposed", "The picture is mirrored on its diagonal.", "Keep rows and columns in their order.")
            .Both("upsample_nearest", Enlarged((c, h, w, f, s) => (c, (((h / f * s[2]) + (w / f)) % s[1]), ((h / f * s[2]) + (w / f)) / s[1]))),
        .. new Wrong("CV28f", "zeros-between", "The picture is dark and dotted.", "Repeat the value in the whole square.")
            .Both("upsample_nearest", Enlarged((c, h, w, f, _) => h % f == 0 && w % f == 0 ? (c, h / f, w / f) : (-1, 0, 0))),
        new Wrong("EL08b", "square-averaged", "What is below learns too slowly by the square of the factor.", "Sum the cotangents of the square.")
            .Answering("upsample_nearest.vjp", i => Wrong.One("d_x", Wrong.Map(Wrong.Right("upsample_nearest.vjp", i)["d_x"], v => v / Math.Pow(i["factor"][0], 2)))),
        new Wrong("CV24a", "enlarged-in-all", "The map grows by the root of the factor a side.", "The factor is that of a side.")
            .Value("upsample_nearest", Enlarged((c, h, w, f, s) => (c, h / f, w / f), once: true)),
    ];

    private static IEnumerable<Mistake> Shuffling =>
    [
        .. new Wrong("CV28", "shuffled-square-first", "A checkerboard of channels.", "Channel c r^2 + i r + j: the output's channel is the slowest.")
            .Both("pixel_shuffle", Spread((c, h, w, f, s) => ((((h % f * f) + (w % f)) * (s[0] / (f * f))) + c, h / f, w / f))),
        .. new Wrong("CV28a", "shuffled-columns-first", "Each square is mirrored on its diagonal.", "Channel c r^2 + i r + j: i is the row.")
            .Both("pixel_shuffle", Spread((c, h, w, f, _) => ((c * f * f) + (w % f * f) + (h % f), h / f, w / f))),
        .. new Wrong("CV28b", "shuffled-by-blocks", "The picture is cut into tiles.", "The square is inside the position, not outside: h r + i.")
            .Both("pixel_shuffle", Spread((c, h, w, f, s) => ((c * f * f) + (h / s[1] * f) + (w / s[2]), h % s[1], w % s[2]))),
        .. new Wrong("CV29a", "reshaped-without-permute", "Rows are scrambled.", "Permute (C, r, r, H, W) to (C, H, r, W, r) before the reshape.")
            .Both("pixel_shuffle", i => Reread(i, f => [i["x"].Shape[0], i["x"].Shape[1] / (f * f), i["x"].Shape[2] * f, i["x"].Shape[3] * f])),
    ];

    private static IEnumerable<Mistake> Unshuffling =>
    [
        .. new Wrong("CV28g", "unshuffled-square-first", "A checkerboard of channels.", "Channel c r^2 + i r + j: the input's channel is the slowest.")
            .Both("pixel_unshuffle", Gathered((k, h, w, f, s) => (k % s[0], (h * f) + (k / s[0] / f), (w * f) + (k / s[0] % f)))),
        .. new Wrong("CV28h", "unshuffled-columns-first", "Each square is mirrored on its diagonal.", "Channel c r^2 + i r + j: i is the row.")
            .Both("pixel_unshuffle", Gathered((k, h, w, f, _) => (k / (f * f), (h * f) + (k % f), (w * f) + (k / f % f)))),
        .. new Wrong("CV28i", "unshuffled-by-blocks", "Far pixels are joined.", "The square is inside the position, not outside: h r + i.")
            .Both("pixel_unshuffle", Gathered((k, h, w, f, s) => (k / (f * f), (k / f % f * (s[1] / f)) + h, (k % f * (s[2] / f)) + w))),
        .. new Wrong("CV29b", "unreshaped-without-permute", "Rows are scrambled.", "Permute (C, H, r, W, r) to (C, r, r, H, W).")
            .Both("pixel_unshuffle", i => Reread(i, f => [i["x"].Shape[0], i["x"].Shape[1] * f * f, i["x"].Shape[2] / f, i["x"].Shape[3] / f])),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("CV30", "odd-rows-dropped", "The reconstruction is smaller than the input.", "Refuse what the factor does not divide, or pad it first.")
            .Unrefused("pixel_unshuffle", i => Wrong.One("y", i["x"])),
        new Wrong("CV30a", "spare-channels-dropped", "Channels are lost.", "Refuse channels that make no whole squares.")
            .Unrefused("pixel_shuffle", i => Wrong.One("y", i["x"])),
        new Wrong("NU15h", "no-factor-answered", "A factor of zero makes an empty picture.", "Refuse a factor that is not positive.")
            .Unrefused("upsample_nearest", i => Wrong.One("y", i["x"])),
    ];

    private static Formula Enlarged(Source source, bool once = false) => From(source, (s, f) => once ? [s[0], s[1] * f, s[2]] : [s[0], s[1] * f, s[2] * f]);

    private static Formula Spread(Source source) => From(source, (s, f) => [s[0] / (f * f), s[1] * f, s[2] * f]);

    private static Formula Gathered(Source source) => From(source, (s, f) => [s[0] * f * f, s[1] / f, s[2] / f]);

    private static Formula From(Source source, Func<int[], int, int[]> sizes) => Gives("y", i =>
    {
        var (x, f) = (i["x"], (int)i["factor"][0].Value);
        int[] shape = [x.Shape[0], .. sizes(x.Shape[1..], f)];
        return Grid.Each(shape, k =>
        {
            var at = Windows.Place(k, shape);
            var (c, h, w) = source(at[1], at[2], at[3], f, x.Shape[1..]);
            return c < 0 ? 0 : x[Windows.Flat([at[0], c, h, w], x.Shape)];
        });
    });

    private static Dictionary<string, Grid> Reread(Grids i, Func<int, int[]> shape) =>
        new() { ["y"] = Grid.Each(shape((int)i["factor"][0].Value), k => i["x"][k]) };
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;

namespace LatentConformance.Mistakes;

/// <summary>Latents handed on: scaled the wrong way round, shifted in the wrong order, flattened in another order than unflattened.</summary>
internal static class LatentLayoutMistakes
{
    private delegate Traced Affine(Traced value, Traced scale, Traced shift);

    public static IEnumerable<Mistake> All => [.. Scaling, .. Flattening, .. Refusals];

    private static IEnumerable<Mistake> Scaling =>
    [
        .. new Wrong("CV12", "divided-at-encoding", "The next network sees latents of the wrong size.", "Multiply by the scale at encoding.", "huggingface/diffusers#5166")
            .Both("latent_scale", Scaled((z, s, m) => (z - m) / s)),
        .. new Wrong("CV12", "scale-missing-at-encoding", "The next network sees latents of the wrong size.", "Multiply by the scale at encoding.", "Project-MONAI/GenerativeModels#214")
            .Both("latent_scale", Scaled((z, _, m) => z - m)),
        .. new Wrong("CV12", "multiplied-at-decoding", "Images are grey or saturated.", "Divide by the scale at decoding.", "huggingface/diffusers#5166")
            .Both("latent_unscale", Unscaled((z, s, m) => (z * s) + m)),
        .. new Wrong("CV12", "scale-missing-at-decoding", "Images are grey or saturated.", "Divide by the scale at decoding.", "codingrex/VDM_EVFI#4")
            .Both("latent_unscale", Unscaled((z, _, m) => z + m)),
        new Wrong("CV13", "shifted-after-the-scale", "Images are tinted.", "Subtract the shift before the scale.", "huggingface/diffusers#8887")
            .Value("latent_scale", Scaled((z, s, m) => (z * s) - m)),
        new Wrong("CV13", "shifted-before-the-division", "Images are tinted.", "Add the shift after the division.", "huggingface/diffusers#8887")
            .Value("latent_unscale", Unscaled((z, s, m) => (z + m) / s)),
        new Wrong("CV13a", "shift-ignored-at-encoding", "Images are tinted.", "Subtract the shift.", "NewBieAI-Lab/NewbieLoraTrainer#3")
            .Value("latent_scale", Scaled((z, s, _) => z * s)),
        new Wrong("CV13a", "shift-ignored-at-decoding", "Images are tinted.", "Add the shift.", "NewBieAI-Lab/NewbieLoraTrainer#3")
            .Value("latent_unscale", Unscaled((z, s, _) => z / s)),
        new Wrong("CV13b", "shift-added-at-encoding", "Images are tinted.", "Subtract the shift at encoding.")
            .Value("latent_scale", Scaled((z, s, m) => (z + m) * s)),
        new Wrong("CV13b", "shift-subtracted-at-decoding", "Images are tinted.", "Add the shift at decoding.")
            .Value("latent_unscale", Unscaled((z, s, m) => (z / s) - m)),
    ];

    private static IEnumerable<Mistake> Flattening =>
    [
        .. new Wrong("CV29", "flattened-channels-last", "The decoder's input is scrambled.", "Flatten (C, H, W) as it is.")
            .Both("flatten_map", Flat((c, h, w, s) => (((h * s[3]) + w) * s[1]) + c)),
        .. new Wrong("CV29d", "flattened-by-columns", "Rows and columns of the map are exchanged.", "Flatten (C, H, W), the width fastest.")
            .Both("flatten_map", Flat((c, h, w, s) => (((c * s[3]) + w) * s[2]) + h)),
        .. new Wrong("CV29e", "flattened-rows-first", "Rows of all channels come before the next row.", "Flatten (C, H, W), the channel slowest.")
            .Both("flatten_map", Flat((c, h, w, s) => (((h * s[1]) + c) * s[3]) + w)),
        .. new Wrong("CV29f", "flattened-backwards", "The row runs from the last value to the first.", "Flatten (C, H, W), the width fastest.")
            .Both("flatten_map", Flat((c, h, w, s) => (((w * s[2]) + h) * s[1]) + c)),
        .. new Wrong("CV29", "unflattened-channels-last", "The decoder's input is scrambled.", "Make (C, H, W) of the row.")
            .Both("unflatten_map", Map((c, h, w, s) => (((h * s[3]) + w) * s[1]) + c)),
        .. new Wrong("CV29d", "unflattened-by-columns", "Rows and columns of the map are exchanged.", "Make (C, H, W) of the row, the width fastest.")
            .Both("unflatten_map", Map((c, h, w, s) => (((c * s[3]) + w) * s[2]) + h)),
        .. new Wrong("CV29e", "unflattened-rows-first", "The rows of channels are mixed.", "Make (C, H, W) of the row, the channel slowest.")
            .Both("unflatten_map", Map((c, h, w, s) => (((h * s[1]) + c) * s[3]) + w)),
        .. new Wrong("CV29f", "unflattened-backwards", "Channels are taken for columns.", "Make (C, H, W) of the row, the width fastest.")
            .Both("unflatten_map", Map((c, h, w, s) => (((w * s[2]) + h) * s[1]) + c)),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU15y", "encoding-scale-unchecked", "A scale of 0 wipes every latent out.", "Refuse a scale that is not positive.")
            .Unrefused("latent_scale", i => Wrong.One("latent", i["z"])),
        new Wrong("NU15y", "decoding-scale-unchecked", "A scale of 0 makes every latent infinite.", "Refuse a scale that is not positive.")
            .Unrefused("latent_unscale", i => Wrong.One("z", i["latent"])),
        new Wrong("CV29g", "rest-of-the-row-dropped", "A row that is no such map is cut off in silence.", "Refuse a row whose size is not channels x height x width.")
            .Unrefused("unflatten_map", i => Wrong.One("x", i["y"])),
    ];

    private static Formula Scaled(Affine affine) => Elements("latent", "z", (i, e) => affine(i["z"][e], i["scale"][0], i["shift"][0]));

    private static Formula Unscaled(Affine affine) => Elements("z", "latent", (i, e) => affine(i["latent"][e], i["scale"][0], i["shift"][0]));

    /// <summary>By the place in its row that an element of the map is given.</summary>
    private static Formula Flat(Func<int, int, int, int[], int> place) => Gives("y", i =>
    {
        var x = i["x"];
        var row = new int[x.Columns];
        for (var k = 0; k < x.Columns; k++)
        {
            var at = Windows.Place(k, x.Shape[1..]);
            row[place(at[0], at[1], at[2], x.Shape)] = k;
        }

        return Grid.Matrix(x.Rows, x.Columns, (b, m) => x[b, row[m]]);
    });

    private static Formula Map(Func<int, int, int, int[], int> place) => Gives("x", i =>
    {
        var y = i["y"];
        int[] shape = [y.Rows, (int)i["channels"][0].Value, (int)i["height"][0].Value, (int)i["width"][0].Value];
        return Grid.Each(shape, k =>
        {
            var at = Windows.Place(k, shape);
            return y[at[0], place(at[1], at[2], at[3], shape)];
        });
    });
}

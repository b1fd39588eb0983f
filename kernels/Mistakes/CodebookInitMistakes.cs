using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;

namespace LatentConformance.Mistakes;

/// <summary>Starts of a codebook that are too wide, too narrow, or off to one side.</summary>
internal static class CodebookInitMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        Normal("VA20", "init-by-the-number-of-codes", "Codes are longer or shorter than the vectors they are to meet, and collapse to one.", "Divide by the root of the width, not of the number of codes.", (n, _, k) => n / Math.Sqrt(k)),
        Normal("VA20a", "init-unscaled", "Codes are longer than the vectors by the root of their width.", "Divide by the root of the width.", (n, _, _) => n),
        Normal("VA20b", "init-by-the-width", "Codes start too near to each other.", "Divide by the root of the width, not by the width.", (n, d, _) => n / d),
        Normal("VA20c", "init-for-a-rectifier", "Codes are longer than one by the root of two.", "The two of a rectified layer has no place here.", (n, d, _) => n * Math.Sqrt(2.0 / d)),
        Uniform("VA20d", "init-not-centred", "All codes start in one corner.", "Draw from -1/K to 1/K.", (u, _, k) => u / k),
        Uniform("VA20e", "init-from-minus-one-to-one", "Codes start far outside, and one of them takes everything.", "Divide by the number of codes.", (u, _, _) => (2 * u) - 1, "apple/axlearn#907"),
        Uniform("VA20f", "init-by-the-root-of-the-codes", "Codes start too wide.", "Divide by the number of codes, not by its root.", (u, _, k) => ((2 * u) - 1) / Math.Sqrt(k)),
        Uniform("VA20g", "uniform-init-by-the-width", "The start does not depend on the number of codes.", "Divide by the number of codes, not by their width.", (u, d, _) => ((2 * u) - 1) / d),
        Uniform("VA20h", "init-of-half-the-range", "Codes start in half of the range.", "Draw from -1/K to 1/K: it is 2/K wide.", (u, _, k) => (u - 0.5) / k),
        Uniform("VA20i", "uniform-init-of-a-linear-layer", "Codes start too wide.", "Divide by the number of codes, not by the root of their width.", (u, d, _) => ((2 * u) - 1) / Math.Sqrt(d)),
    ];

    private static Mistake Normal(string id, string name, string symptom, string mend, Func<Traced, int, int, Traced> element) =>
        new Wrong(id, name, symptom, mend, "lucidrains/vector-quantize-pytorch#19").Value("codebook_init_normal", Elements("codebook", "normals", (i, e) => element(i["normals"][e], i["normals"].Columns, i["normals"].Rows)));

    private static Mistake Uniform(string id, string name, string symptom, string mend, Func<Traced, int, int, Traced> element, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Value("codebook_init_uniform", Elements("codebook", "uniforms", (i, e) => element(i["uniforms"][e], i["uniforms"].Columns, i["uniforms"].Rows)));
}

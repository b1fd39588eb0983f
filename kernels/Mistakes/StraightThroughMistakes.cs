using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;

namespace LatentConformance.Mistakes;

/// <summary>Past the quantizer: nearly all of these have the right value, and only the gradient tells.</summary>
internal static class StraightThroughMistakes
{
    public static IEnumerable<Mistake> All =>
    [
        new Wrong("ST02", "value-of-the-encoder", "Perfect reconstructions and useless tokens.", "The value is the code: z + sg(q - z), not q + sg(z - q).")
            .Value("straight_through", Of((z, q) => q + (z - q).Detached)),
        new Wrong("ST02a", "twice-the-difference", "The output lies behind the code.", "Subtract z inside the stopped difference.")
            .Value("straight_through", Of((z, q) => z + q)),
        new Wrong("ST02b", "halfway-to-the-code", "The output lies between encoder and code.", "Return the code, not a mixture.")
            .Value("straight_through", Of((z, q) => 0.5 * (z + q))),
        .. Gradients("straight_through", "", Of),
        .. Gradients("vq_quantize", "quantize-", Quantized),
    ];

    /// <summary>A hard tanh in place of the identity.</summary>
    public static Traced CutOff(Traced z, Traced q) => Math.Abs(z.Value - q.Value) > 1 ? q.Detached : Traced.Through(z, q.Value);

    private static IEnumerable<Mistake> Gradients(string operation, string prefix, Func<Func<Traced, Traced, Traced>, Formula> formula)
    {
        Mistake One(string id, string name, string symptom, string mend, Func<Traced, Traced, Traced> pass, string? source = null) =>
            new Wrong(id, prefix + name, symptom, mend, source).Gradient(operation, formula(pass));

        return
        [
            One("ST01", "nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(q - z).", (_, q) => q.Detached),
            One("ST03", "no-stop-gradient", "The encoder gets nothing and the codebook its gradient.", "Stop the gradient in z + sg(q - z).", (z, q) => z + (q - z), "NTU-AIoT-Lab/EfficientFi#4"),
            One("ST05", "codebook-gradient-too", "The decoder moves the codebook.", "Give the codebook nothing: it learns from its own loss.", (z, q) => z + q - z.Detached),
            One("ST07", "gradient-cut-off", "Far encoders get stuck.", "Pass the gradient however far the code is.", CutOff),
            One("ST03a", "gradient-sign", "Training moves away from the data.", "Add sg(q - z) to z; do not subtract z from it.", (z, q) => -z + (q + z).Detached),
            One("ST05a", "gradient-halved", "The encoder learns at half the rate.", "Pass the whole gradient.", (z, q) => (0.5 * z) + (q - (0.5 * z)).Detached),
            One("ST05c", "gradient-shared", "Half of the encoder's gradient goes to the codebook.", "Pass all of it to the encoder and none to the codebook.", (z, q) => (0.5 * (z + q)) + (0.5 * (q - z)).Detached),
        ];
    }

    private static Formula Of(Func<Traced, Traced, Traced> pass) => Elements("output", "z", (inputs, i) => pass(inputs["z"][i], inputs["quantized"][i]));

    private static Formula Quantized(Func<Traced, Traced, Traced> pass) => Gives("quantized", inputs =>
    {
        var chosen = Codes.Chosen(inputs["z"], inputs["codebook"]);
        return inputs["z"].Like(i => pass(inputs["z"][i], chosen[i]));
    });
}

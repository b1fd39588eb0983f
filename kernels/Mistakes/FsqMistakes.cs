using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Finite scalar quantization: the bound, the rounding, the width, and what of the gradient gets past them.</summary>
internal static class FsqMistakes
{
    private const double Epsilon = 1e-3;

    /// <summary>How a dimension of L levels is bounded and scaled; the four forms differ in these numbers only.</summary>
    private readonly record struct Bound(double Half, double Offset, double Shift, double Width);

    /// <summary>What becomes of a bounded value when it is rounded.</summary>
    private delegate Traced Rounding(Traced bounded);

    public static IEnumerable<Mistake> All =>
    [
        .. Forms("fsq", "", WideUse),
        .. Forms("fsq_notebook", "notebook-", Notebook),
        .. Forms("fsq_tanh_half", "tanh-half-", TanhHalf),
        .. Forms("fsq_round_tanh", "round-tanh-", RoundTanh),
        .. Bounds,
        .. Primitive,
    ];

    /// <summary>What goes wrong alike in every form.</summary>
    private static IEnumerable<Mistake> Forms(string operation, string prefix, Func<double, Bound> form)
    {
        Wrong As(string id, string name, string symptom, string mend, string? source = null) => new(id, prefix + name, symptom, mend, source);
        return
        [
            As("FS17", "rounding-without-straight-through", "The encoder gets no gradient.", "Pass the gradient past the rounding.").Gradient(operation, Of(form, b => b.Detached)),
            As("FS18", "bound-passed-straight-through", "Nothing saturates, and the encoder drifts off.", "Let the gradient go through the tanh: straight through the rounding only.")
                .Gradient(operation, Each((z, _) => z)),
            As("FS18a", "tanh-slope-missing", "Nothing saturates, and the encoder drifts off.", "Multiply the slope by 1 - tanh^2.")
                .Gradient(operation, Each((z, l) => form(l).Half / form(l).Width * z)),
            As("FS18b", "tanh-slope-not-squared", "The slope changes sign with z.", "The slope of tanh is 1 - tanh^2.")
                .Gradient(operation, Each((z, l) => form(l).Half / form(l).Width * (1 - Math.Tanh(z.Value + form(l).Shift)) * z)),
            As("FS15", "tanh-missing", "Codes are unbounded.", "Bound z by the tanh before the rounding.")
                .Value(operation, Each((z, l) => Rounded((z * form(l).Half) - form(l).Offset, form(l).Width))),
            .. As("FS15a", "clamp-for-tanh", "Codes saturate abruptly.", "Bound z by the tanh, not by a clamp.")
                .Both(operation, Each((z, l) => Rounded((Clamp(z + form(l).Shift, -1, 1) * form(l).Half) - form(l).Offset, form(l).Width))),
            .. As("FS15b", "sigmoid-for-tanh", "Codes bunch around the middle.", "Bound z by the tanh, not by a sigmoid.")
                .Both(operation, Each((z, l) => Rounded((((2 * Sigmoid(z + form(l).Shift)) - 1) * form(l).Half) - form(l).Offset, form(l).Width))),
            As("FS16a", "floor-for-round", "Codes lie half a step low.", "Round to nearest.").Value(operation, Of(form, b => Math.Floor(b.Value))),
            As("FS16b", "ceiling-for-round", "Codes lie half a step high.", "Round to nearest.").Value(operation, Of(form, b => Math.Ceiling(b.Value))),
            As("FS16c", "truncation-for-round", "The middle code is twice as wide.", "Round to nearest.").Value(operation, Of(form, b => Math.Truncate(b.Value))),
            As("FS16d", "not-rounded", "The output is continuous.", "Round the bounded value.").Value(operation, Of(form, b => b)),
            As("KL11k", "codes-negated", "Codes have changed sides.", "Do not turn the sign of z.").Value(operation, Each((z, l) => Rounded(Bounded(-z, form(l)), form(l).Width))),
        ];
    }

    private static IEnumerable<Mistake> Bounds =>
    [
        new Wrong("FS02", "offset-missing", "Even levels have one too few.", "Subtract one half for even levels, and shift z to make up for it.")
            .Value("fsq", Of(l => WideUse(l) with { Offset = 0, Shift = 0 })),
        .. new Wrong("FS02a", "offset-always", "Odd levels are off by half a step.", "Subtract one half for even levels only.")
            .Both("fsq", Of(l => WideUse(l) with { Offset = 0.5, Shift = Math.Atanh(0.5 / WideUse(l).Half) })),
        .. new Wrong("FS02b", "shift-missing", "Zero is not quantized to zero symmetrically.", "Add atanh(offset / half) inside the tanh.")
            .Both("fsq", Of(l => WideUse(l) with { Shift = 0 })),
        .. new Wrong("FS02c", "shift-sign", "Even levels are shifted the wrong way.", "Add the shift to z; do not subtract it.")
            .Both("fsq", Of(l => WideUse(l) with { Shift = -WideUse(l).Shift })),
        .. new Wrong("FS03", "tangent-for-atanh", "Zero is bounded to a little less than zero.", "The inverse of tanh is atanh, not tan.", "lucidrains/vector-quantize-pytorch#94")
            .Both("fsq", Of(l => WideUse(l) with { Shift = Math.Tan(WideUse(l).Offset / WideUse(l).Half) })),
        .. new Wrong("FS05", "epsilon-missing", "Two levels become one.", "Widen the half by 1 + 1e-3.")
            .Both("fsq", Of(l => Half(l, (l - 1) / 2))),
        .. new Wrong("FS05a", "epsilon-narrows", "Two levels are NaN.", "Widen by 1 + 1e-3: narrowing by 1 - 1e-3 is the notebook's form.")
            .Both("fsq", Of(l => Half(l, (l - 1) * (1 - Epsilon) / 2))),
        .. new Wrong("FS14", "width-in-halves", "Odd levels do not reach one.", "Divide by the whole number L div 2.")
            .Both("fsq", Of(l => WideUse(l) with { Width = l / 2 })),
        .. new Wrong("FS24", "not-normalised", "Codes are whole numbers.", "Divide by L div 2.")
            .Both("fsq", Of(l => WideUse(l) with { Width = 1 })),
        .. new Wrong("FS01", "levels-for-half", "There are twice as many levels.", "Multiply the tanh by (L - 1)/2, not by L.")
            .Both("fsq", Of(l => WideUse(l) with { Half = l })),
        .. new Wrong("FS01a", "level-too-many", "There is one level too many.", "Use L - 1, not L.")
            .Both("fsq", Of(l => Half(l, l * (1 + Epsilon) / 2))),
        .. new Wrong("FS03a", "atanh-for-tangent", "Not the notebook's shift.", "The notebook takes tan(offset / half); atanh belongs to the form in wide use.")
            .Both("fsq_notebook", Of(l => Notebook(l) with { Shift = Math.Atanh(Notebook(l).Offset / Notebook(l).Half) })),
        .. new Wrong("FS05b", "epsilon-widens", "Not the notebook's half.", "The notebook narrows by 1 - 1e-3.")
            .Both("fsq_notebook", Of(l => Notebook(l) with { Half = WideUse(l).Half, Shift = Math.Tan(Notebook(l).Offset / WideUse(l).Half) })),
        .. new Wrong("FS02d", "notebook-offset-missing", "Even levels have one too few.", "Subtract one half for even levels, and shift z to make up for it.")
            .Both("fsq_notebook", Of(l => Notebook(l) with { Offset = 0, Shift = 0 })),
        .. new Wrong("FS01b", "lesson-half-for-levels", "L values instead of 2L + 1.", "Multiply the tanh by L: the formula's form is not the code's.")
            .Both("fsq_round_tanh", Of(TanhHalf)),
        .. new Wrong("FS01c", "lesson-levels-for-half", "2L + 1 values instead of L.", "Multiply the tanh by (L - 1)/2.")
            .Both("fsq_tanh_half", Of(RoundTanh)),
        .. new Wrong("FS01d", "lesson-half-without-less-one", "One value too many.", "Use (L - 1)/2, not L/2.")
            .Both("fsq_tanh_half", Of(l => TanhHalf(l) with { Half = l / 2 })),
        .. new Wrong("FS14a", "lesson-normalised", "Codes lie within one.", "This form's codes are whole numbers.")
            .Both("fsq_tanh_half", Of(l => TanhHalf(l) with { Width = (l - 1) / 2 })),
        .. new Wrong("NU05", "tanh-by-exponentials", "NaN for large z.", "Use the library's tanh.", "callummcdougall/ARENA_3.0#368")
            .Both("fsq", Each((z, l) =>
            {
                var (up, down, form) = (Exp(z + WideUse(l).Shift), Exp(-(z + WideUse(l).Shift)), WideUse(l));
                return Rounded(((up - down) / (up + down) * form.Half) - form.Offset, form.Width);
            })),
    ];

    private static IEnumerable<Mistake> Primitive =>
    [
        Rounder("FS16", "halves-away-from-zero", "Exact halves leave zero.", "Round exact halves to the even neighbour.", x => Math.Round(x, MidpointRounding.AwayFromZero)),
        Rounder("FS16e", "floor-of-x-and-a-half", "Exact halves go up.", "Round exact halves to the even neighbour.", x => Math.Floor(x + 0.5)),
        Rounder("FS16f", "halves-towards-zero", "Exact halves go to zero.", "Round exact halves to the even neighbour.", x => double.CopySign(Math.Ceiling(Math.Abs(x) - 0.5), x)),
        Rounder("FS16g", "floor", "Everything goes down.", "Round to nearest.", Math.Floor),
        Rounder("FS16h", "ceiling", "Everything goes up.", "Round to nearest.", Math.Ceiling),
        Rounder("FS16i", "truncation", "Everything goes towards zero.", "Round to nearest.", Math.Truncate),
        new Wrong("FS13", "rounding-slope-zero", "Nothing before the rounding learns.", "Pass the gradient as the identity does.", "lucidrains/vector-quantize-pytorch#74")
            .Gradient("round_half_even", Elements("rounded", "x", (i, n) => i["x"][n].Detached)),
        new Wrong("FS13a", "slope-only-near-whole-numbers", "Values near a half do not learn.", "Pass the gradient everywhere.")
            .Gradient("round_half_even", Elements("rounded", "x", (i, n) => Math.Abs(i["x"][n].Value - Math.Round(i["x"][n].Value)) < 0.25 ? i["x"][n] : 0)),
    ];

    private static Bound WideUse(double levels) => Half(levels, (levels - 1) * (1 + Epsilon) / 2);

    private static Bound Half(double levels, double half) =>
        new(half, Offset(levels), Math.Atanh(Offset(levels) / half), Math.Floor(levels / 2));

    private static Bound Notebook(double levels)
    {
        var half = (levels - 1) * (1 - Epsilon) / 2;
        return new(half, Offset(levels), Math.Tan(Offset(levels) / half), Math.Floor(levels / 2));
    }

    private static Bound TanhHalf(double levels) => new((levels - 1) / 2, 0, 0, 1);

    private static Bound RoundTanh(double levels) => new(levels, 0, 0, 1);

    private static double Offset(double levels) => levels % 2 == 0 ? 0.5 : 0;

    private static Traced Bounded(Traced z, Bound bound) => (Tanh(z + bound.Shift) * bound.Half) - bound.Offset;

    private static Traced Rounded(Traced bounded, double width) => Through(bounded, Math.Round(bounded.Value)) / width;

    private static Formula Of(Func<double, Bound> form, Rounding? rounding = null) =>
        Each((z, l) => rounding is null ? Rounded(Bounded(z, form(l)), form(l).Width) : rounding(Bounded(z, form(l))) / form(l).Width);

    private static Formula Each(Func<Traced, double, Traced> code) =>
        Elements("codes", "z", (inputs, i) => code(inputs["z"][i], inputs["levels"][i % inputs["levels"].Count].Value));

    private static Mistake Rounder(string id, string name, string symptom, string mend, Func<double, double> round) =>
        new Wrong(id, name, symptom, mend).Value("round_half_even", Elements("rounded", "x", (inputs, i) => round(inputs["x"][i].Value)));
}

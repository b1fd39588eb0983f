using LatentConformance.Contract;
using static LatentConformance.Mistakes.Vectors;

namespace LatentConformance.Mistakes;

/// <summary>One-hot lookup, rotation and noise in the quantizer's place: what is turned, scaled, stopped and guarded.</summary>
internal static class QuantizerGradientMistakes
{
    private const string Lookup = "onehot_lookup";
    private const string Rotation = "rotation_trick";
    private const string Noise = "nsvq";

    public static IEnumerable<Mistake> All => [.. Lookups, .. Rotations, .. Noises];

    private static IEnumerable<Mistake> Lookups =>
    [
        new Wrong("ST08", "gathered-by-index", "What makes the probabilities is never trained.", "Multiply the codebook by onehot + p - sg(p).", "lucidrains/vector-quantize-pytorch#59")
            .Gradient(Lookup, LookedUp((hot, _) => hot)),
        .. new Wrong("ST08a", "soft-lookup", "The decoder sees mixtures, and tokens are not enough to decode from.", "Look the most probable code up.")
            .Both(Lookup, LookedUp((_, p) => p)),
        new Wrong("ST08c", "lookup-gradient-sign", "Worse codes become more probable.", "Write onehot + p - sg(p), not onehot - p + sg(p).")
            .Gradient(Lookup, LookedUp((hot, p) => hot - p + p.Detached)),
        new Wrong("ST08d", "lookup-codebook-stopped", "The codes are not trained.", "Leave the codebook in the product.")
            .Gradient(Lookup, LookedUp((hot, p) => hot + p - p.Detached, e => e.Detached)),
        new Wrong("ST08e", "chosen-probability-alone", "The probabilities of other codes are never raised.", "Let every probability have its gradient.")
            .Gradient(Lookup, LookedUp((hot, p) => hot * (1 + p - p.Detached))),
        new Wrong("ST08f", "lookup-ties-to-the-last", "Of equal probabilities the higher index wins.", "Compare with >, not with >=.")
            .Value(Lookup, LookedUp((hot, p) => hot + p - p.Detached, last: true)),
        new Wrong("ST08g", "lookup-of-all-ties", "Codes add up where probabilities are equal.", "Make the one-hot from the argmax, not from p == max(p).")
            .Value(Lookup, i => new Dictionary<string, Grid> { ["quantized"] = Product(Hot(i["probabilities"], (p, n, k) => p[n, k].Value == Row(p, n).Max(v => v.Value)), i["codebook"]) }),
        new Wrong("ST08h", "least-probable-code", "The least probable code is looked up.", "Take the largest probability.")
            .Value(Lookup, LookedUp((hot, p) => hot + p - p.Detached, sign: -1)),
    ];

    private static IEnumerable<Mistake> Rotations =>
    [
        .. new Wrong("ST09", "not-rescaled", "Training decodes vectors as long as z, evaluation codes.", "Multiply by the ratio of the lengths.", "EdoardoBotta/RQ-VAE-Recommender#54")
            .Both(Rotation, Turned((z, q) => Rotated(z, Unit(Stopped(z)), Unit(Stopped(q))))),
        .. new Wrong("ST09a", "rescaled-the-wrong-way", "Long codes become short.", "The ratio is that of the code's length to the vector's.")
            .Both(Rotation, Turned((z, q) => Times((Norm(z) / Norm(q)).Detached, Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)))))),
        .. new Wrong("ST09b", "reflection-alone", "The output is the code's opposite.", "Add the second term, twice the code's direction times the vector's transposed.")
            .Both(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)), inPlane: 0)))),
        .. new Wrong("ST09c", "rotation-two-forgotten", "The output lies between the vector and its code.", "Both terms of the rotation come twice.")
            .Both(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)), inMiddle: 1, inPlane: 1)))),
        .. new Wrong("ST09d", "lengths-left-in-the-rotation", "Long vectors overshoot.", "Turn by unit vectors.")
            .Both(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Stopped(z), Stopped(q))))),
        .. new Wrong("ST11", "opposite-not-guarded", "NaN where a vector and its code are opposed.", "Keep the division of their sum by its length from 0/0.")
            .Both(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)), guarded: false)))),
        .. new Wrong("ST11a", "leftover-taken-for-the-middle", "A vector opposed to its code is turned about a direction made of roundings.", "Divide the sum by the larger of its length and a small number, not by its length.")
            .Both(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)), leftover: 0)))),
        new Wrong("ST02c", "rotation-returns-the-vector", "Perfect reconstructions and useless tokens.", "The value is the code.")
            .Value(Rotation, Turned((z, _) => z)),
        new Wrong("ST10", "rotation-not-detached", "The gradient is not what the rotation says.", "Stop the gradient in R.", "cfifty/rotation_trick#6")
            .Gradient(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Unit(z), Unit(q))))),
        new Wrong("ST10a", "scale-not-detached", "The vector's length gets no gradient.", "Stop the gradient in the ratio of the lengths.", "cfifty/rotation_trick#6")
            .Gradient(Rotation, Turned((z, q) => Times(Norm(q) / Norm(z), Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)))))),
        new Wrong("ST10b", "vector-normalised-twice", "The vector's length gets no gradient.", "Turn z itself: only R is made of unit vectors.", "cfifty/rotation_trick#6")
            .Gradient(Rotation, Turned((z, q) => Times(Norm(q).Detached, Rotated(Unit(z), Unit(Stopped(z)), Unit(Stopped(q)))))),
        new Wrong("ST10c", "turned-twice", "The gradient is turned the wrong way.", "Backward it is R transposed.")
            .Gradient(Rotation, Turned((z, q) => Scaled(z, q, Rotated(z, Unit(Stopped(q)), Unit(Stopped(z)))))),
        new Wrong("ST10d", "nothing-detached-in-the-rotation", "The codebook takes the encoder's gradient.", "Stop the gradient in R and in the ratio of the lengths.", "cfifty/rotation_trick#6")
            .Gradient(Rotation, Turned((z, q) => Times(Norm(q) / Norm(z), Rotated(z, Unit(z), Unit(q))))),
        new Wrong("ST10e", "straight-through-for-rotation", "The gradient is copied, not turned.", "Pass it through the rotation.")
            .Gradient(Rotation, Turned((z, _) => z)),
        new Wrong("ST01d", "rotation-nothing-passes", "The encoder learns from the commitment only.", "Turn z, not a copy of it that is stopped.")
            .Gradient(Rotation, Turned((_, q) => Stopped(q))),
        new Wrong("ST05e", "rotation-codebook-gradient-too", "The decoder moves the codebook.", "Give the codebook nothing: it learns from its own loss.")
            .Gradient(Rotation, Turned((z, q) => Plus(Scaled(z, q, Rotated(z, Unit(Stopped(z)), Unit(Stopped(q)))), Plus(q, Times(-1, Stopped(q)))))),
    ];

    private static IEnumerable<Mistake> Noises =>
    [
        .. new Wrong("ST12", "epsilon-outside-the-quotient", "The noise is too long by epsilon, and NaN where it is zero.", "Add epsilon to the length of the noise, inside the parenthesis.", "MHVali/Noise-Substitution-in-Vector-Quantization#3")
            .Both(Noise, Noisy((z, q, v, e) => Plus(z, Times((Error(z, q) / Norm(v)) + e, v)))),
        new Wrong("ST12a", "epsilon-left-out", "NaN where the noise is zero.", "Add epsilon to the length of the noise.")
            .Value(Noise, Noisy((z, q, v, _) => Plus(z, Times(Error(z, q) / Norm(v), v)))),
        .. new Wrong("ST12b", "noise-not-normalised", "The substitute is longer or shorter than the error.", "Divide the noise by its length.")
            .Both(Noise, Noisy((z, q, v, _) => Plus(z, Times(Error(z, q), v)))),
        .. new Wrong("ST12c", "error-squared", "Large errors are exaggerated, small ones hidden.", "Take the root of the squared error.")
            .Both(Noise, Noisy((z, q, v, e) => Plus(z, Times(Error(z, q) * Error(z, q) / (Norm(v) + e), v)))),
        .. new Wrong("ST12d", "noise-by-squared-length", "The substitute's length hangs on the draw.", "Divide by the length, not by its square.")
            .Both(Noise, Noisy((z, q, v, e) => Plus(z, Times(Error(z, q) / (Inner(v, v) + e), v)))),
        .. new Wrong("ST12e", "noise-on-the-code", "The error is there twice.", "Add the noise to z, not to its code.")
            .Both(Noise, Noisy((z, q, v, e) => Plus(q, Times(Error(z, q) / (Norm(v) + e), v)))),
        .. new Wrong("ST12f", "substitute-subtracted", "The noise runs against the draw.", "Add the noise.")
            .Both(Noise, Noisy((z, q, v, e) => Plus(z, Times(-(Error(z, q) / (Norm(v) + e)), v)))),
        .. new Wrong("ST12g", "error-of-the-batch", "One bad vector makes all noisy.", "Take the length of each vector's own error.")
            .Both(Noise, i => new Dictionary<string, Grid>
            {
                ["output"] = FromRows(i["z"], n => Plus(Row(i["z"], n), Times(Batch(i) / (Norm(Row(i["noise"], n)) + i["epsilon"][0]), Row(i["noise"], n)))),
            }),
        new Wrong("ST12h", "error-held-constant", "The codebook is never trained.", "Let the gradient pass through the error's length.")
            .Gradient(Noise, Noisy((z, q, v, e) => Plus(z, Times((Error(z, q) / (Norm(v) + e)).Detached, v)))),
        new Wrong("ST12i", "codes-held-constant", "The codebook is never trained.", "Leave the code in the error's length.")
            .Gradient(Noise, Noisy((z, q, v, e) => Plus(z, Times(Error(z, Stopped(q)) / (Norm(v) + e), v)))),
        new Wrong("ST12j", "vector-held-constant-in-the-error", "The encoder does not feel its error.", "Leave z in the error's length.")
            .Gradient(Noise, Noisy((z, q, v, e) => Plus(z, Times(Error(Stopped(z), q) / (Norm(v) + e), v)))),
        new Wrong("VL07d", "root-at-zero", "NaN where a vector is its code.", "Give the root's slope at 0 the value 0.")
            .Gradient(Noise, Noisy((z, q, v, e) => Plus(z, Times(Norm(Apart(z, q)) / (Norm(v) + e), v)))),
    ];

    private static Formula LookedUp(Func<Traced, Traced, Traced> weight, Func<Traced, Traced>? code = null, bool last = false, int sign = 1) => i =>
    {
        var (p, codebook) = (i["probabilities"], i["codebook"]);
        int[] chosen = [.. Codes.Rows(p).Select(row => Codes.Smallest([.. row.Select(v => -sign * v)], last))];
        var weights = Hot(p, (_, n, k) => k == chosen[n]);
        return new Dictionary<string, Grid>
        {
            ["quantized"] = Product(p.Like(e => weight(weights[e], p[e])), codebook.Like(e => code?.Invoke(codebook[e]) ?? codebook[e])),
        };
    };

    private static Grid Hot(Grid p, Func<Grid, int, int, bool> isHot) => Grid.Matrix(p.Rows, p.Columns, (n, k) => isHot(p, n, k) ? 1 : 0);

    private static Grid Product(Grid weights, Grid codebook) =>
        Grid.Matrix(weights.Rows, codebook.Columns, (n, j) => Traced.Sum(codebook.Rows, k => weights[n, k] * codebook[k, j]));

    private static Formula Turned(Func<Traced[], Traced[], Traced[]> turned) => i =>
        new Dictionary<string, Grid> { ["output"] = FromRows(i["z"], n => turned(Row(i["z"], n), Row(i["quantized"], n))) };

    private static Traced[] Scaled(Traced[] z, Traced[] q, Traced[] turned) => Times((Norm(q) / Norm(z)).Detached, turned);

    /// <summary>v − 2 (w·v) w + 2 (from·v) to, w along from + to.</summary>
    private static Traced[] Rotated(Traced[] v, Traced[] from, Traced[] to, double inMiddle = 2, double inPlane = 2, bool guarded = true, double leftover = 1e-14)
    {
        var sum = Plus(from, to);
        var middle = guarded && Array.TrueForAll(sum, s => Math.Abs(s.Value) <= leftover) ? Times(0, sum) : Unit(sum);
        return Plus(Plus(v, Times(-inMiddle * Inner(middle, v), middle)), Times(inPlane * Inner(from, v), to));
    }

    private static Formula Noisy(Func<Traced[], Traced[], Traced[], Traced, Traced[]> noisy) => i =>
        new Dictionary<string, Grid> { ["output"] = FromRows(i["z"], n => noisy(Row(i["z"], n), Row(i["quantized"], n), Row(i["noise"], n), i["epsilon"][0])) };

    private static Traced[] Apart(Traced[] z, Traced[] q) => Plus(z, Times(-1, q));

    /// <summary>‖z − q‖, without a slope where it is 0.</summary>
    private static Traced Error(Traced[] z, Traced[] q) => Norm(Apart(z, q)) is { Value: > 0 } norm ? norm : 0;

    private static Traced Batch(Grids i) => Traced.Sqrt(Traced.Sum(i["z"].Count, e => Traced.Square(i["z"][e] - i["quantized"][e])));
}

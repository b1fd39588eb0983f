using LatentConformance.Contract;
using static LatentConformance.Mistakes.Traced;
using static LatentConformance.Mistakes.Vectors;

namespace LatentConformance.Mistakes;

/// <summary>Soft assignments the wrong way up, and angles between the wrong rows of a codebook.</summary>
internal static class CodebookDiversityMistakes
{
    private const string Soft = "vq_probabilities";
    private const string Angles = "orthogonality_loss";

    /// <summary>The score of a code, of the vector, the code and the temperature.</summary>
    private delegate Traced Score(Traced[] z, Traced[] code, Traced temperature);

    private sealed record Recipe
    {
        /// <summary>The rows of a head, [K, D], that are compared.</summary>
        public Func<Grids, IEnumerable<Traced[][]>> Heads { get; init; } = i =>
            Enumerable.Range(0, i["codebook"].Rows).Select(h => Enumerable.Range(0, i["selected"].Count).Select(m => Code(i["codebook"], h, (int)i["selected"][m].Value)).ToArray());

        public Func<Traced[], Traced[]> Direction { get; init; } = Guarded;

        public Func<Traced, Traced> Penalty { get; init; } = Square;

        /// <summary>The loss of one head from the sum of its penalties and the number of its codes.</summary>
        public Func<Traced, int, Traced> Loss { get; init; } = (sum, codes) => (sum / ((double)codes * codes)) - (1.0 / codes);

        public bool SumsHeads { get; init; }

        public Dictionary<string, Grid> Answer(Grids i)
        {
            Traced[][][] heads = [.. Heads(i)];
            var losses = heads.Select(head =>
            {
                Traced[][] directions = [.. head.Select(Direction)];
                return Loss(Sum(from a in directions from b in directions select Penalty(Inner(a, b))), directions.Length);
            });
            var loss = Sum(losses) / (SumsHeads ? 1 : heads.Length);
            return new Dictionary<string, Grid> { ["loss"] = Grid.Each([], _ => loss) };
        }
    }

    public static IEnumerable<Mistake> All => [.. Probabilities, .. Selections, .. Losses];

    private static IEnumerable<Mistake> Probabilities =>
    [
        .. Both("VA21", "farthest-most-probable", "The entropy loss pushes the wrong way.", "Take the softmax of minus the distance.", (z, e, t) => Distance(z, e) / t, "lucidrains/vector-quantize-pytorch#227"),
        .. Both("VA30", "distance-times-temperature", "Sharper when it should be softer.", "Divide by the temperature.", (z, e, t) => -Distance(z, e) * t),
        .. Both("VA30a", "drawn-without-temperature", "Annealing changes nothing.", "Divide by the temperature.", (z, e, _) => -Distance(z, e)),
        .. Both("VA30b", "temperature-squared", "Too soft above one, too sharp below.", "Divide by the temperature once.", (z, e, t) => -Distance(z, e) / (t * t)),
        .. Both("VA21a", "length-for-squared-length", "Far codes are too probable.", "Square the distance.", (z, e, t) => -Sqrt(Distance(z, e)) / t),
        .. Both("VA21b", "half-the-distance", "Twice as soft as asked for.", "Leave out the 1/2.", (z, e, t) => -0.5 * Distance(z, e) / t),
        .. Both("VA21c", "mean-squared-distance", "Softer the wider the codes are.", "Sum over the dimensions.", (z, e, t) => -Distance(z, e) / z.Length / t),
        .. Both("VA04d", "probable-with-norm-forgotten", "Long codes are the most probable.", "Keep the squared norm of the code in the score.", (z, e, t) => 2 * Inner(z, e) / t),
        .. Both("VA05f", "probable-with-two-forgotten", "Short codes are too probable.", "The cross term is -2 z.e.", (z, e, t) => (Inner(z, e) - Inner(e, e)) / t),
        .. Both("VA21d", "probable-by-angle", "The length of a vector does not matter.", "Use the Euclidean distance.", (z, e, t) => Inner(Guarded(z), Guarded(e)) / t),
        .. new Wrong("VA21e", "softmax-over-the-vectors", "The weights of a code sum to one over the vectors.", "Take the softmax over the codes.")
            .Both(Soft, i => Softened(i, Right, overVectors: true)),
        .. new Wrong("NU01a", "distances-not-shifted", "NaN far from all codes.", "Take the largest score off before the exponential.")
            .Both(Soft, i => Softened(i, Right, shifted: false)),
        new Wrong("VA21f", "codes-stopped", "The entropy does not spread the codes.", "Leave the codebook in the distance.")
            .Gradient(Soft, i => Softened(i, (z, e, t) => Right(z, Stopped(e), t))),
        new Wrong("VA21g", "vectors-stopped", "The entropy does not move the encoder.", "Leave z in the distance.")
            .Gradient(Soft, i => Softened(i, (z, e, t) => Right(Stopped(z), e, t))),
        new Wrong("GS15e", "probability-slope-without-temperature", "The gradient does not sharpen as the temperature falls.", "Divide the gradient by the temperature.")
            .Gradient(Soft, i => Softened(i, (z, e, t) => (t * Right(z, e, t)) + ((1 - t) * Right(z, e, t)).Detached)),
        new Wrong("NU15l", "draw-at-temperature-zero", "NaN at the end of annealing.", "Refuse a temperature that is not positive.")
            .Unrefused(Soft, i => Wrong.One("probabilities", new Tensor([i["z"].Shape[0], i["codebook"].Shape[0]], [.. Enumerable.Repeat(double.NaN, i["z"].Shape[0] * i["codebook"].Shape[0])]))),
    ];

    private static IEnumerable<Mistake> Selections =>
    [
        .. Angle("VA22", "heads-for-codes", "The regulariser sees the wrong rows.", "Index the axis of the codes, not that of the heads.", new()
        {
            // An index beyond the heads is clamped, as some frameworks do it.
            Heads = i => Enumerable.Range(0, i["selected"].Count).Select(m => (int)Math.Min(i["selected"][m].Value, i["codebook"].Rows - 1))
                .Select(h => Enumerable.Range(0, i["codebook"].Shape[1]).Select(k => Code(i["codebook"], h, k)).ToArray()),
        }, "lucidrains/vector-quantize-pytorch#43"),
        .. Angle("VA22a", "selection-ignored", "All codes are pushed apart, in use or not.", "Compare the selected codes only.", new()
        {
            Heads = i => Enumerable.Range(0, i["codebook"].Rows).Select(h => Enumerable.Range(0, i["codebook"].Shape[1]).Select(k => Code(i["codebook"], h, k)).ToArray()),
        }),
        .. Angle("VA22b", "first-codes-selected", "The first codes are pushed apart, whichever were selected.", "Take the codes by their index.", new()
        {
            Heads = i => Enumerable.Range(0, i["codebook"].Rows).Select(h => Enumerable.Range(0, i["selected"].Count).Select(m => Code(i["codebook"], h, m)).ToArray()),
        }),
        .. Angle("VA22c", "heads-pooled", "Codes of different heads are pushed apart.", "Compare codes within a head.", new()
        {
            Heads = i => [[.. new Recipe().Heads(i).SelectMany(head => head)]],
        }),
        .. Angle("VA22d", "first-head-only", "All heads but the first are left alone.", "Take the mean over the heads.", new() { Heads = i => new Recipe().Heads(i).Take(1) }),
        .. Angle("VA22e", "heads-summed", "The pull grows with the number of heads.", "Take the mean over the heads.", new() { SumsHeads = true }),
    ];

    private static IEnumerable<Mistake> Losses =>
    [
        new Wrong("VA22f", "codes-with-themselves", "The loss is never zero.", "Take off the 1/M of the codes with themselves.")
            .Value(Angles, new Recipe { Loss = (sum, codes) => sum / ((double)codes * codes) }.Answer),
        .. Angle("VA22g", "cosines-not-squared", "Opposed codes are rewarded.", "Square the cosines.", new() { Penalty = c => c }),
        .. Angle("VA22h", "cosine-magnitudes", "The pull does not fade as codes come to right angles.", "Square the cosines.", new() { Penalty = Abs }),
        .. Angle("VA22i", "angles-of-raw-codes", "Codes shrink instead of turning.", "Compare directions.", new() { Direction = v => v }),
        .. Angle("VA22j", "mean-of-the-other-pairs", "The loss is larger by M / (M - 1).", "Divide by all M squared pairs.", new() { Loss = (sum, codes) => (sum - codes) / Math.Max(codes * (codes - 1), 1) }),
        new Wrong("VA22k", "pairs-once", "Half of the loss.", "Count both orders of a pair.")
            .Value(Angles, new Recipe { Loss = (sum, codes) => 0.5 * ((sum / ((double)codes * codes)) - (1.0 / codes)) }.Answer),
        .. Angle("VA22l", "pairs-summed", "The pull grows with the number of codes.", "Divide by the number of pairs.", new() { Loss = (sum, codes) => sum - codes }),
        .. Angle("VA22m", "angles-not-guarded", "A code of zeros makes the loss NaN.", "Keep the division by a code's length from 0/0.", new() { Direction = v => Unit(v) }),
        new Wrong("VA22n", "length-of-codes-held-constant", "Codes grow as they turn.", "Differentiate the length too.")
            .Gradient(Angles, new Recipe { Direction = v => Norm(v) is { Value: > 0 } norm ? Times(1 / norm.Detached, v) : Guarded(v) }.Answer),
        new Wrong("VA22o", "one-side-of-a-pair-stopped", "Half of the gradient.", "Differentiate both codes of a pair.")
            .Gradient(Angles, i => new Dictionary<string, Grid> { ["loss"] = Grid.Each([], _ => 0.5 * new Recipe().Answer(i)["loss"][0]) }),
        new Wrong("NU13d", "selected-twice-counts-once", "A code that is selected twice is pulled once.", "Accumulate the gradients of a code.")
            .Gradient(Angles, new Recipe
            {
                Heads = i => new Recipe().Heads(i).Select(head => head.Select((code, m) =>
                    Enumerable.Range(m + 1, i["selected"].Count - m - 1).Any(later => i["selected"][later].Value == i["selected"][m].Value) ? Stopped(code) : code).ToArray()),
            }.Answer),
    ];

    private static Mistake[] Both(string id, string name, string symptom, string mend, Score score, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Both(Soft, i => Softened(i, score));

    private static Mistake[] Angle(string id, string name, string symptom, string mend, Recipe recipe, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Both(Angles, recipe.Answer);

    private static Traced Distance(Traced[] z, Traced[] code) => Sum(z.Length, j => Square(z[j] - code[j]));

    private static Traced Right(Traced[] z, Traced[] code, Traced temperature) => -Distance(z, code) / temperature;

    private static Dictionary<string, Grid> Softened(Grids i, Score score, bool overVectors = false, bool shifted = true)
    {
        var (z, codebook) = (i["z"], i["codebook"]);
        var scores = Grid.Matrix(z.Rows, codebook.Rows, (n, k) => score(Row(z, n), Row(codebook, k), i["temperature"][0]));
        IEnumerable<(int Row, int Column)> Together(int e) => overVectors
            ? Enumerable.Range(0, z.Rows).Select(n => (n, e % codebook.Rows))
            : Enumerable.Range(0, codebook.Rows).Select(k => (e / codebook.Rows, k));
        var powers = scores.Like(e => Exp(shifted ? scores[e] - Together(e).Max(p => scores[p.Row, p.Column].Value) : scores[e]));
        return new() { ["probabilities"] = powers.Like(e => powers[e] / Sum(Together(e).Select(p => powers[p.Row, p.Column]))) };
    }

    private static Traced[] Code(Grid codebook, int head, int code)
    {
        var width = codebook.Shape[2];
        return [.. Enumerable.Range(((head * codebook.Shape[1]) + code) * width, width).Select(e => codebook[e])];
    }

    private static Traced[] Guarded(Traced[] vector) => Unit(vector, epsilon: 1e-12);
}

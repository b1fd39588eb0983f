using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>The loss that revives dead features: what it is held to, what it may not move, and whether it counts.</summary>
internal static class AuxkMistakes
{
    private const string Operation = "auxk_loss";

    /// <summary>The error e and what the dead features make of it, for one element; out comes the auxiliary difference.</summary>
    private delegate Traced Left(Element at);

    /// <summary>From the two squared norms and the coefficient.</summary>
    private delegate Traced Total(Traced reconstruction, Traced aux, Traced coefficient);

    public static IEnumerable<Mistake> All => [.. Values, .. Gradients, .. Counts, .. Refusals];

    private static IEnumerable<Mistake> Values =>
    [
        .. new Wrong("SA10", "bias-decoded-again", "The dead features are asked for the bias, which is there already.", "Decode the residual without b_dec.", "EleutherAI/sparsify#132")
            .Both(Operation, Loss(at => at.FromDead + at.Bias - at.Missed.Detached)),
        .. new Wrong("SA10a", "data-for-residual", "The dead features repeat what the living ones say.", "Predict x less its reconstruction.")
            .Both(Operation, Loss(at => at.FromDead - at.X)),
        .. new Wrong("SA10b", "residual-negated", "The dead features double the error.", "The residual is x less its reconstruction, not the reverse.")
            .Both(Operation, Loss(at => at.FromDead + at.Missed.Detached)),
        .. new Wrong("SA10c", "living-features-for-dead", "Features that live already get the residual.", "Decode the dead features' activations.")
            .Both(Operation, Loss(at => at.FromLiving - at.Missed.Detached)),
        .. new Wrong("SA10d", "bias-left-out-altogether", "The reconstruction is off by the bias.", "x is reconstructed with b_dec.")
            .Both(Operation, Loss(at => at.FromDead - (at.Missed + at.Bias).Detached, at => at.Missed + at.Bias)),
        .. new Wrong("SA12", "aux-loss-only-logged", "Dead features never revive.", "Add the auxiliary loss to the total.", "crosscode#3")
            .Both(Operation, Loss(Right, total: (reconstruction, _, _) => reconstruction)),
        .. new Wrong("SA12a", "aux-coefficient-ignored", "Dead features count as much as all the others.", "Multiply the auxiliary loss by its coefficient.")
            .Both(Operation, Loss(Right, total: (reconstruction, aux, _) => reconstruction + aux)),
        .. new Wrong("SA12b", "aux-loss-alone", "The living features learn nothing.", "Add the reconstruction's own loss.")
            .Both(Operation, Loss(Right, total: (_, aux, c) => c * aux)),
        .. new Wrong("SA12c", "coefficient-on-both", "The reconstruction counts as little as the auxiliary loss.", "Weigh the auxiliary loss only.")
            .Both(Operation, Loss(Right, total: (reconstruction, aux, c) => c * (reconstruction + aux))),
        .. new Wrong("SA12d", "losses-averaged-over-dimensions", "Both losses shrink as x widens.", "Sum over the dimensions.")
            .Both(Operation, i => Times(Loss(Right), _ => 1.0 / i["x"].Columns)(i)),
        .. new Wrong("EL10u", "aux-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sums.")
            .Both(Operation, BatchMean(Loss(Right))),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        new Wrong("SA11", "residual-not-stopped", "The auxiliary loss moves the living features.", "Detach the residual.", "SAELens#432")
            .Gradient(Operation, Loss(at => at.FromDead - at.Missed)),
        new Wrong("SA11a", "wrong-side-stopped", "The living features are pulled to the dead ones.", "Detach the residual, not what is predicted.")
            .Gradient(Operation, Loss(at => at.FromDead.Detached - at.Missed)),
        new Wrong("SA11b", "decoder-stopped-in-aux", "The directions of dead features do not move.", "Let the auxiliary loss reach the decoder.")
            .Gradient(Operation, Loss(at => at.FromDeadThroughStoppedDecoder - at.Missed.Detached)),
    ];

    private static IEnumerable<Mistake> Counts =>
    [
        Number("SA11", "half-the-features-asked", "Far more features are revived at a time than the residual needs.", "Take half the dimensions of x, not half the features.", (_, features, dead) => Math.Min(features / 2, dead), "SAELens#432"),
        Number("SA11c", "more-asked-than-dead", "Living features are taken for dead ones.", "Ask no more than there are.", (dimensions, _, _) => dimensions / 2),
        Number("SA11d", "all-dimensions-asked", "Twice as many features are asked.", "Halve the dimensions.", (dimensions, _, dead) => Math.Min(dimensions, dead)),
        Number("SA11e", "all-dead-asked", "Every dead feature is revived at once.", "Ask half the dimensions of x at most.", (_, _, dead) => dead),
        Number("SA11f", "half-rounded-up", "One feature too many.", "Round down.", (dimensions, _, dead) => Math.Min((dimensions + 1) / 2, dead)),
        Number("SA11g", "half-of-the-dead-asked", "The count follows the dead, not the residual.", "Halve the dimensions, not the dead.", (dimensions, _, dead) => Math.Min(dimensions, dead / 2)),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU15x", "aux-coefficient-unchecked", "A coefficient of NaN poisons the loss in silence.", "Refuse a coefficient that is not finite and not negative.")
            .Unrefused(Operation, i => Wrong.One("loss", new Tensor([i["x"].Shape[0]], new double[i["x"].Shape[0]]))),
        new Wrong("SA11h", "dead-beyond-the-dictionary-answered", "A count that cannot be is taken for one.", "Refuse more dead features than there are.")
            .Unrefused("auxk_count", i => Wrong.One("k", i["dead"])),
    ];

    private static Traced Right(Element at) => at.FromDead - at.Missed.Detached;

    private static Formula Loss(Left left, Left? missed = null, Total? total = null) => i =>
    {
        var x = i["x"];
        Grid Squares(Left error) => x.PerRow(b => Sum(x.Columns, d => Square(error(new Element(i, b, d)))));
        var (reconstruction, aux) = (Squares(missed ?? (at => at.Missed)), Squares(left));
        var join = total ?? ((r, a, c) => r + (c * a));
        return new Dictionary<string, Grid>
        {
            ["loss"] = x.PerRow(b => join(reconstruction[b], aux[b], i["coefficient"][0])),
            ["reconstruction"] = reconstruction,
            ["aux"] = aux,
        };
    };

    private static Mistake Number(string id, string name, string symptom, string mend, Func<long, long, long, long> count, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering("auxk_count", i => Wrong.One("k", new Tensor(
            i["dead"].Shape.ToArray(),
            [.. i["dead"].Int64.ToArray().Select(n => count(i["dimensions"].Int64[0], i["features"].Int64[0], n))])));

    /// <summary>Dimension d of sample b, and what the parts of the model say about it.</summary>
    private sealed record Element(Grids Inputs, int B, int D)
    {
        public Traced X => Inputs["x"][B, D];

        public Traced Bias => Inputs["b_dec"][D];

        public Traced FromLiving => Decoded("h", w => w);

        public Traced FromDead => Decoded("h_aux", w => w);

        public Traced FromDeadThroughStoppedDecoder => Decoded("h_aux", w => w.Detached);

        public Traced Missed => X - FromLiving - Bias;

        private Traced Decoded(string activations, Func<Traced, Traced> weight) =>
            Sum(Inputs[activations].Columns, j => Inputs[activations][B, j] * weight(Inputs["decoder"][D, j]));
    }
}

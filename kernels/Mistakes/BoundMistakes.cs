using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Importance weights, capacity targets and schedules: over which axis, with which sign, from which step.</summary>
internal static class BoundMistakes
{
    public static IEnumerable<Mistake> All => [.. Bound, .. Weights, .. Capacity, .. Schedules, .. Refusals];

    private static IEnumerable<Mistake> Bound =>
    [
        new Wrong("IW14", "bound-without-shift", "Minus infinity for any picture.", "Take the largest log-weight out before the exponential.")
            .Value("iwae_bound", OfRows(row => Log(Sum(row.Select(Exp)) / row.Length))),
        new Wrong("NU01", "bound-without-shift-in-slope", "NaN for any picture.", "Take the largest log-weight out before the exponential.")
            .Gradient("iwae_bound", OfRows(row => Log(Sum(row.Select(Exp)) / row.Length))),
        new Wrong("IW14a", "bound-shift-not-added-back", "The bound is near zero for any picture.", "Add the largest log-weight again.")
            .Value("iwae_bound", OfRows(row => RightBound(row) - row.Max(w => w.Value))),
        new Wrong("IW14b", "bound-log-count-missing", "The bound grows with the number of draws, past the likelihood.", "Subtract log K.")
            .Value("iwae_bound", OfRows(row => RightBound(row) + Math.Log(row.Length))),
        new Wrong("IW14c", "bound-count-outside-the-log", "The bound shrinks towards zero with the number of draws.", "Subtract log K; do not divide the logarithm by K.")
            .Value("iwae_bound", OfRows(row => (RightBound(row) + Math.Log(row.Length)) / row.Length)),
        .. new Wrong("IW14d", "bound-averages-logs", "No tighter than one draw.", "Average the weights, not their logarithms.")
            .Both("iwae_bound", OfRows(row => Sum(row) / row.Length)),
        .. new Wrong("IW14e", "bound-takes-the-largest", "The bound grows with the number of draws.", "Sum all the weights.")
            .Both("iwae_bound", OfRows(row => row.Any(w => double.IsNaN(w.Value)) ? double.NaN : row.MaxBy(w => w.Value)!)),
        .. new Wrong("IW14f", "bound-of-negative-weights", "The bound exceeds the likelihood.", "Pass log p - log q: minus the loss, not the loss.")
            .Both("iwae_bound", OfRows(row => RightBound([.. row.Select(w => -w)]))),
        .. new Wrong("IW04", "bound-over-the-whole-batch", "The easiest picture takes all the weight.", "Reduce over the draws of each sample.", "pythae ed8befd")
            .Both("iwae_bound", Gives("bound", i => i["log_weights"].PerRow(_ => RightBound(Row(i["log_weights"], 0, i["log_weights"].Count))))),
        .. new Wrong("EL10", "bound-batch-mean-for-each", "All samples report one and the same bound.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("iwae_bound", BatchMean(OfRows(RightBound))),
    ];

    private static IEnumerable<Mistake> Weights =>
    [
        new Wrong("IW03", "weights-of-the-cost", "The worst draws get the most weight.", "Take the softmax of the log-weights, not of their negatives.", "AntixK/PyTorch-VAE#34")
            .Value("iwae_weights", Shares(w => -w)),
        new Wrong("IW03a", "weights-not-detached", "The loss learns to choose its weights.", "Detach the weights.", "AntixK/PyTorch-VAE#34")
            .Gradient("iwae_weights", Shares(w => w)),
        new Wrong("IW04", "weights-over-the-whole-batch", "The easiest picture takes all the weight.", "Normalise over the draws of each sample.", "pythae ed8befd")
            .Value("iwae_weights", Gives("weights", i => Softmax(i["log_weights"], _ => Enumerable.Range(0, i["log_weights"].Count)))),
        new Wrong("IW04a", "weights-over-the-batch-axis", "The weights of one sample do not add up to one.", "Normalise over the last axis.")
            .Value("iwae_weights", Gives("weights", i => Softmax(i["log_weights"], e =>
                Enumerable.Range(0, i["log_weights"].Rows).Select(b => (b * i["log_weights"].Columns) + (e % i["log_weights"].Columns))))),
        new Wrong("NU01", "weights-without-shift", "NaN for any picture.", "Take the largest log-weight out before the exponential.")
            .Value("iwae_weights", Gives("weights", i => i["log_weights"].Like(e =>
                Exp(i["log_weights"][e]) / Sum(Row(i["log_weights"], e / i["log_weights"].Columns).Select(Exp))))),
        new Wrong("IW03b", "weights-not-normalised", "The step size follows the likelihood.", "Divide by the sum of the weights.")
            .Value("iwae_weights", Gives("weights", i => i["log_weights"].Like(e => Exp(i["log_weights"][e])))),
        new Wrong("IW03c", "weights-times-count", "The loss grows with the number of draws.", "The weights of a sample add up to one, not to K.")
            .Value("iwae_weights", Times(Shares(w => w), i => i["log_weights"].Columns)),
    ];

    private static IEnumerable<Mistake> Capacity =>
    [
        .. new Wrong("EL14", "capacity-of-the-mean", "The latent is pushed to D times the capacity.", "Sum the KL over its dimensions before the capacity is subtracted.", "alecGraves/BVAE-tf#3")
            .Both("capacity_loss", Targeted((kl, c) => Abs((Sum(kl) / kl.Length) - c))),
        .. new Wrong("EL14a", "capacity-for-each-dimension", "Every dimension is pushed to the capacity.", "Subtract the capacity from the sum, once.", "alecGraves/BVAE-tf#3")
            .Both("capacity_loss", Targeted((kl, c) => Sum(kl.Select(k => Abs(k - c))))),
        .. new Wrong("EL15", "capacity-without-magnitude", "The KL is pushed to zero, the capacity is a constant.", "Take the magnitude of the difference.")
            .Both("capacity_loss", Targeted((kl, c) => Sum(kl) - c)),
        .. new Wrong("EL15a", "capacity-as-ceiling", "Below the capacity nothing pulls.", "Punish both sides.")
            .Both("capacity_loss", Targeted((kl, c) => Sum(kl).Value > c.Value || double.IsNaN(Sum(kl).Value) ? Sum(kl) - c : 0)),
        .. new Wrong("EL15b", "capacity-squared", "The pull fades near the capacity.", "Take the magnitude, not the square.")
            .Both("capacity_loss", Targeted((kl, c) => Square(Sum(kl) - c))),
        .. new Wrong("EL15c", "capacity-added", "The capacity is a second floor.", "Subtract the capacity.")
            .Both("capacity_loss", Targeted((kl, c) => Abs(Sum(kl) + c))),
        .. new Wrong("EL15d", "capacity-weighed-alone", "The capacity grows with its weight.", "Multiply the whole difference by gamma.")
            .Both("capacity_loss", Gives("loss", i => i["kl"].PerRow(b => Abs(Sum(Row(i["kl"], b)) - (i["gamma"][0] * i["capacity"][0]))))),
        .. new Wrong("EL15e", "capacity-of-the-batch-mean", "Samples above the capacity pay for those below.", "This operation's target holds for each sample.")
            .Both("capacity_loss", Gives("loss", i => i["kl"].PerRow(_ => i["gamma"][0] * Abs((Sum(Row(i["kl"], 0, i["kl"].Count)) / i["kl"].Rows) - i["capacity"][0])))),
    ];

    private static IEnumerable<Mistake> Schedules =>
    [
        .. new Wrong("EL13", "capacity-captured-once", "The capacity never grows.", "Read the capacity anew at every step.", "Knight13/beta-VAE-disentanglement#1")
            .Both("capacity_schedule", Scheduled((_, _) => 0)),
        .. new Wrong("EL13a", "capacity-without-end", "The capacity grows past its largest.", "Cap the ramp at one.")
            .Both("capacity_schedule", Scheduled((t, length) => t / length)),
        .. new Wrong("EL19", "capacity-starts-at-one", "The capacity is ahead by a step.", "Start the ramp at zero.", "PlaytikaOSS/pybandits PR137")
            .Both("capacity_schedule", Scheduled((t, length) => Math.Min(1, (t + 1) / length))),
        .. new Wrong("EL19a", "capacity-never-full", "The last step falls short of the largest capacity.", "Divide by the steps, not by one more.")
            .Both("capacity_schedule", Scheduled((t, length) => Math.Min(1, t / (length + 1)))),
        .. new Wrong("EL13b", "capacity-full-at-once", "No ramp at all.", "Multiply by the part of the ramp that is done.")
            .Both("capacity_schedule", Scheduled((_, _) => 1)),
        .. new Wrong("EL13c", "capacity-whole-division", "The capacity jumps from nothing to all.", "Divide as fractions, not as whole numbers.")
            .Both("capacity_schedule", Scheduled((t, length) => Math.Min(1, Math.Floor(t / length)))),
        Cycle("EL18", "cycle-reset-at-every-step", "The weight never grows.", "Take the step modulo the period.", (_, _, _) => 0, "valdersoul/bn-vae#1"),
        Cycle("EL18a", "cycle-never-reset", "One cycle, then a constant weight.", "Take the step modulo the period.", (t, _, ramp) => Math.Min(1, t / ramp)),
        Cycle("EL18b", "cycle-without-plateau", "The weight passes one.", "Cap the ramp at one.", (t, period, ramp) => t % period / ramp),
        Cycle("EL18c", "cycle-of-the-ramp-only", "The weight falls as soon as it is up.", "Take the modulus by the period, not by the ramp.", (t, _, ramp) => t % ramp / ramp),
        Cycle("EL18d", "cycle-ramps-for-all-of-it", "There is no plateau.", "Divide by the ramp, not by the period.", (t, period, _) => t % period / period),
        Cycle("EL19b", "cycle-starts-at-one", "Off by one step.", "Start each cycle at zero.", (t, period, ramp) => Math.Min(1, ((t % period) + 1) / ramp), "PlaytikaOSS/pybandits PR137"),
        Cycle("EL19c", "cycle-counts-from-one", "The first step of training is the last of a cycle.", "Count steps from zero.", (t, period, ramp) => Math.Min(1, (t + period - 1) % period / ramp)),
        Cycle("EL18e", "cycle-upside-down", "Training starts with the full weight.", "Rise, do not fall.", (t, period, ramp) => 1 - Math.Min(1, t % period / ramp)),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU10", "bound-of-no-weights", "The mean of no weights is NaN.", "Refuse a sample without weights.")
            .Unrefused("iwae_bound", i => Wrong.One("bound", Rows(i["log_weights"]))),
        new Wrong("NU15", "capacity-unchecked", "A capacity of NaN poisons the loss in silence.", "Refuse a capacity that is not finite and not negative.")
            .Unrefused("capacity_loss", i => Wrong.One("loss", Rows(i["kl"]))),
        new Wrong("NU15", "capacity-ramp-of-no-length", "A ramp of no steps divides by zero in silence.", "Refuse a ramp of no steps.")
            .Unrefused("capacity_schedule", i => Wrong.One("capacity", Rows(i["step"]))),
        new Wrong("NU15", "cycle-of-no-length", "A cycle of no steps has no remainder.", "Refuse a cycle of no steps.")
            .Unrefused("cyclical_beta", i => Wrong.One("beta", Rows(i["step"]))),
    ];

    private static Traced RightBound(Traced[] row)
    {
        var peak = row.Max(w => w.Value);
        return Log(Sum(row.Select(w => Exp(w - peak)))) + peak - Math.Log(row.Length);
    }

    private static Formula OfRows(Func<Traced[], Traced> value) =>
        Gives("bound", i => i["log_weights"].PerRow(b => value(Row(i["log_weights"], b))));

    private static Formula Shares(Func<Traced, Traced> of) => Gives("weights", i =>
    {
        var weights = i["log_weights"];
        return Softmax(weights.Like(e => of(weights[e])), e => Enumerable.Range(e / weights.Columns * weights.Columns, weights.Columns));
    });

    private static Grid Softmax(Grid weights, Func<int, IEnumerable<int>> together) => weights.Like(e =>
    {
        int[] group = [.. together(e)];
        var peak = group.Max(k => weights[k].Value);
        return Exp(weights[e] - peak) / Sum(group.Select(k => Exp(weights[k] - peak)));
    });

    private static Formula Targeted(Func<Traced[], Traced, Traced> distance) =>
        Gives("loss", i => i["kl"].PerRow(b => i["gamma"][0] * distance(Row(i["kl"], b), i["capacity"][0])));

    private static Formula Scheduled(Func<double, double, double> ramp) => Gives("capacity", i =>
        i["step"].Like(n => i["capacity_max"][0] * ramp(i["step"][n].Value, i["steps"][0].Value)));

    private static Mistake Cycle(string id, string name, string symptom, string mend, Func<double, double, double, double> beta, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Value("cyclical_beta", Gives("beta", i =>
            i["step"].Like(n => beta(i["step"][n].Value, i["period"][0].Value, i["ramp_steps"][0].Value))));

    private static Traced[] Row(Grid grid, int row) => Row(grid, row, grid.Columns);

    private static Traced[] Row(Grid grid, int row, int width) => [.. Enumerable.Range(row * width, width).Select(e => grid[e])];

    private static Tensor Rows(Tensor like) => new([like.Shape[0]], [.. Enumerable.Repeat(double.NaN, like.Shape[0])]);
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Group normalisation: over what the mean is taken, what the deviation is, what is scaled by what.</summary>
internal static class GroupNormMistakes
{
    private const string Name = "group_norm";

    /// <summary>x, mean, variance, epsilon, gamma and beta to the answer.</summary>
    private delegate Traced Joined(Traced x, Traced mean, Traced variance, Traced epsilon, Traced gamma, Traced beta);

    /// <summary>What shares a mean: elements of one key do.</summary>
    private delegate int Key(int[] at, int[] shape, int groups);

    public static IEnumerable<Mistake> All =>
    [
        .. Both("GN01", "norm-by-the-variance", "Loud maps become faint.", "Divide by the root of the variance.", (x, m, v, e, g, b) => ((x - m) / (v + e) * g) + b),
        .. Both("GN02", "norm-epsilon-outside-the-root", "Quiet maps come out too large or too small.", "Add epsilon to the variance, under the root.", (x, m, v, e, g, b) => ((x - m) / (Sqrt(v) + e) * g) + b, value: true),
        .. Both("GN03", "norm-epsilon-missing", "Maps that do not vary divide by zero.", "Add epsilon to the variance.", (x, m, v, _, g, b) => ((x - m) / Sqrt(v) * g) + b, value: true),
        .. Both("GN04", "norm-mean-not-subtracted", "The mean of the input stays.", "Subtract the mean; without it this is another norm.", (x, _, v, e, g, b) => (x / Sqrt(v + e) * g) + b),
        .. Both("GN05", "norm-gamma-missing", "The learned scale does nothing.", "Multiply by gamma.", (x, m, v, e, _, b) => ((x - m) / Sqrt(v + e)) + b),
        .. Both("GN06", "norm-beta-missing", "The learned shift does nothing.", "Add beta.", (x, m, v, e, g, _) => (x - m) / Sqrt(v + e) * g),
        .. Both("GN07", "norm-shift-before-scale", "The learned shift is scaled too.", "Scale, then shift.", (x, m, v, e, g, b) => (((x - m) / Sqrt(v + e)) + b) * g),
        .. Both("GN08", "norm-gamma-plus-one", "Scales start at two.", "Multiply by gamma itself.", (x, m, v, e, g, b) => ((x - m) / Sqrt(v + e) * (g + 1)) + b),
        new Wrong("GN09", "norm-mean-detached", "The gradient has a part along the mean.", "Let the gradient through the mean.")
            .Gradient(Name, Of((x, m, v, e, g, b) => ((x - m.Detached) / Sqrt(v + e) * g) + b)),
        new Wrong("GN10", "norm-variance-detached", "The gradient has a part along the deviation.", "Let the gradient through the variance.")
            .Gradient(Name, Of((x, m, v, e, g, b) => ((x - m) / Sqrt(v.Detached + e) * g) + b)),
        new Wrong("GN10a", "norm-statistics-detached", "The gradient changes mean and deviation, which the forward then undoes.", "Let the gradient through mean and variance.")
            .Gradient(Name, Of((x, m, v, e, g, b) => ((x - m.Detached) / Sqrt(v.Detached + e) * g) + b)),
        .. new Wrong("GN11", "norm-unbiased-variance", "Small groups come out too small.", "Divide the sum of squares by n, not n - 1.")
            .Both(Name, Of(Right, less: 1)),
        .. new Wrong("GN12", "norm-groups-interleaved", "Channels that are not neighbours share a mean.", "A group is consecutive channels.")
            .Both(Name, Of(Right, (at, _, groups) => (at[0] * groups) + (at[1] % groups))),
        .. new Wrong("GN13", "norm-groups-and-group-size-exchanged", "There are as many groups as there were to be channels in one.", "groups is how many there are.")
            .Both(Name, Of(Right, (at, _, groups) => (at[0] * 1024) + (at[1] / groups))),
        .. new Wrong("GN14", "norm-every-channel-by-itself", "Differences between channels are lost.", "Take the mean over all channels of the group.")
            .Both(Name, Of(Right, (at, shape, _) => (at[0] * shape[1]) + at[1])),
        .. new Wrong("GN15", "norm-all-channels-together", "Loud channels silence the rest.", "Take the mean over the group, not over the sample.")
            .Both(Name, Of(Right, (at, _, _) => at[0])),
        .. new Wrong("EL24b", "norm-over-the-batch", "A sample depends on what is beside it.", "Keep the batch out of mean and variance.")
            .Both(Name, Of(Right, (at, shape, groups) => at[1] / (shape[1] / groups))),
        .. new Wrong("GS01a", "norm-over-channels-only", "Each position is normalised by itself.", "Take the mean over rows and columns too.")
            .Both(Name, Of(Right, (at, shape, groups) => (((((at[0] * groups) + (at[1] / (shape[1] / groups))) * shape[2]) + at[2]) * shape[3]) + at[3])),
        .. new Wrong("CV29c", "norm-map-read-channels-last", "Scale and shift go along the columns.", "gamma and beta belong to axis 1.")
            .Both(Name, Of(Right, channel: (i, shape) => i % shape[1])),
        .. new Wrong("GN16", "norm-one-gamma-a-group", "All channels of a group share the first one's scale.", "gamma and beta have a value a channel.")
            .Both(Name, inputs => Of(Right, channel: (i, shape) => Channel(i, shape) / (shape[1] / Groups(inputs)) * (shape[1] / Groups(inputs)))(inputs)),
        new Wrong("NU15i", "norm-groups-unchecked", "The last channels are dropped or mixed.", "Refuse groups that do not divide the channels.")
            .Unrefused(Name, i => Wrong.One("y", i["x"])),
    ];

    private static Traced Right(Traced x, Traced mean, Traced variance, Traced epsilon, Traced gamma, Traced beta) =>
        ((x - mean) / Sqrt(variance + epsilon) * gamma) + beta;

    /// <param name="value">Its gradient has a root of zero, or hardly differs: only the value is tried.</param>
    private static Mistake[] Both(string id, string name, string symptom, string mend, Joined join, bool value = false)
    {
        var wrong = new Wrong(id, name, symptom, mend);
        return value ? [wrong.Value(Name, Of(join))] : wrong.Both(Name, Of(join));
    }

    private static Formula Of(Joined join, Key? key = null, int less = 0, Func<int, int[], int>? channel = null) => Gives("y", i =>
    {
        var (x, epsilon) = (i["x"], i["epsilon"][0]);
        key ??= (at, shape, groups) => (at[0] * groups) + (at[1] / (shape[1] / groups));
        channel ??= Channel;
        int[] keys = [.. Enumerable.Range(0, x.Count).Select(k => key(Windows.Place(k, x.Shape), x.Shape, Groups(i)))];
        var statistics = Enumerable.Range(0, x.Count).GroupBy(k => keys[k]).ToDictionary(g => g.Key, g =>
        {
            int[] members = [.. g];
            var mean = Sum(members.Length, k => x[members[k]]) / members.Length;
            return (Mean: mean, Variance: Sum(members.Length, k => Square(x[members[k]] - mean)) / (members.Length - less));
        });
        return x.Like(k => join(
            x[k], statistics[keys[k]].Mean, statistics[keys[k]].Variance, epsilon, i["gamma"][channel(k, x.Shape)], i["beta"][channel(k, x.Shape)]));
    });

    private static int Channel(int element, int[] shape) => element / (shape[2] * shape[3]) % shape[1];

    private static int Groups(Grids i) => (int)i["groups"][0].Value;
}

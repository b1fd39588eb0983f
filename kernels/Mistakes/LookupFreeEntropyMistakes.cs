using LatentConformance.Contract;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>The two entropies of a lookup-free codebook: their signs, their sums and means, their temperature, and log 0.</summary>
internal static class LookupFreeEntropyMistakes
{
    private const string Operation = "lfq_entropy";

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("LF02", "diversity-sign", "The codebook collapses to one code.", "Subtract gamma times the entropy of the mean.", "myscience/open-genie#9")
            .Both(Operation, Of(new(Joined: (sample, joint, gamma) => sample + (gamma * joint)))),
        .. new Wrong("LF02h", "gamma-on-the-sample-entropy", "More diversity makes samples unsure.", "gamma weighs the entropy of the mean.")
            .Both(Operation, Of(new(Joined: (sample, joint, gamma) => (gamma * sample) - joint))),
        .. new Wrong("LF02i", "gamma-left-out", "Changing gamma changes nothing.", "Multiply the entropy of the mean by gamma.")
            .Both(Operation, Of(new(Joined: (sample, joint, _) => sample - joint))),
        .. new Wrong("LF02j", "both-entropies-negated", "Samples are unsure and one code is used.", "Minimize the sample's entropy, maximize the mean's.")
            .Both(Operation, Of(new(Joined: (sample, joint, gamma) => (gamma * joint) - sample))),
        .. new Wrong("LF03", "entropy-mean-over-codes", "The entropy is 1/K of what it is.", "Sum over the codes; average over the samples only.", "lucidrains/vector-quantize-pytorch#89")
            .Both(Operation, Of(new(Entropy: (p, log) => Plain(p, log) / p.Length))),
        .. new Wrong("LF03a", "entropy-in-bits", "Entropies are larger by 1/log 2.", "Take the natural logarithm.")
            .Both(Operation, Of(new(Entropy: (p, log) => Plain(p, log) / Math.Log(2)))),
        .. new Wrong("LF03b", "entropy-negated", "The loss rewards what it should punish.", "Entropy is minus the sum of p log p.")
            .Both(Operation, Of(new(Entropy: (p, log) => -Plain(p, log)))),
        .. new Wrong("LF08", "mean-distribution-over-nothing", "The diversity term cancels the sample term.", "Average the distributions over all samples before the entropy.")
            .Both(Operation, Of(new(Joint: (samples, _) => samples.Aggregate((Traced)0, (sum, p) => sum + Plain(p, Log)) / samples.Length))),
        .. new Wrong("LF08a", "mean-distribution-over-half-the-batch", "The diversity term sees too few samples.", "Average over every axis but the codes.")
            .Both(Operation, Of(new(Joint: (samples, _) => Plain(Mean(samples[..((samples.Length + 1) / 2)]), Log)))),
        .. new Wrong("LF15", "factor-of-two-lost", "The entropy is that of twice the temperature.", "-|z - c|^2 holds 2 z.c.")
            .Both(Operation, Of(new(Logit: (product, inverse) => inverse * product))),
        new Wrong("LF15a", "temperature-for-its-inverse", "A sharper setting makes it softer.", "Multiply by the inverse temperature.")
            .Value(Operation, Of(new(Logit: (product, inverse) => 2 * product / inverse))),
        new Wrong("LF15b", "temperature-left-out", "Changing the temperature changes nothing.", "Multiply by the inverse temperature.")
            .Value(Operation, Of(new(Logit: (product, _) => 2 * product))),
        new Wrong("LF18n", "entropy-of-unit-codes", "The scale has no effect on the entropy.", "Use codes of the given scale.")
            .Value(Operation, Of(new(UnitCodes: true))),
        .. new Wrong("LF17", "bit-entropies-added-up", "Dependent bits look diverse.", "Take the entropy over all 2^D codes, or say that it is factorized.", "lucidrains/vector-quantize-pytorch#78")
            .Both(Operation, Of(new(Joint: (samples, bits) => Sum(bits, i =>
            {
                var set = Enumerable.Range(0, samples[0].Length).Where(c => ((c >> i) & 1) == 1).ToArray();
                var mean = Mean(samples);
                var p = Sum(set.Select(c => mean[c]));
                return Plain([p, 1 - p], Guarded);
            })))),
        new Wrong("LF16", "mean-distribution-detached", "The diversity term has no effect.", "Let the gradient pass the mean over the batch.", "lucidrains/vector-quantize-pytorch#158")
            .Gradient(Operation, Of(new(Joint: (samples, _) => Plain([.. Mean(samples).Select(p => p.Detached)], Guarded)))),
        new Wrong("LF16a", "mean-of-one-process-only", "The diversity term is too weak by the number of samples.", "Each sample's part of the mean carries a gradient.")
            .Gradient(Operation, Of(new(Joint: (samples, _) => Plain(Mean([samples[0], .. samples[1..].Select(s => s.Select(p => p.Detached).ToArray())]), Guarded)))),
        .. new Wrong("LF20", "zero-times-log-of-zero", "A certain bit makes the loss NaN.", "Count p log p as zero at p = 0.")
            .Both(Operation, Of(new(Entropy: (p, _) => Plain(p, Log)))),
        .. new Wrong("LF09", "epsilon-flushed-to-zero", "NaN under mixed precision.", "Choose an epsilon that the type can hold.", "lucidrains/vector-quantize-pytorch#85")
            .Both(Operation, Of(new(Entropy: (p, _) => Plain([.. p.Select(q => Precision.Of(DType.Float16).Round(q.Value) == 0 ? 0 * q : q)], Log)))),
        .. new Wrong("LF09a", "epsilon-that-counts", "Certain codes keep some entropy.", "Choose an epsilon that is small against 1/K.")
            .Both(Operation, Of(new(Entropy: (p, _) => Plain(p, q => Log(q + 0.001))))),
        new Wrong("NU10r", "entropy-of-nothing", "No samples make the loss NaN.", "Refuse the mean of nothing.")
            .Unrefused(Operation, i => new Dictionary<string, Tensor>
            {
                ["loss"] = Tensor.Scalar(double.NaN),
                ["sample_entropy"] = new([i["z"].Shape[0]], new double[i["z"].Shape[0]]),
                ["codebook_entropy"] = Tensor.Scalar(double.NaN),
            }),
    ];

    /// <summary>What a version does its own way; what is null it does right.</summary>
    private sealed record Version(
        Func<Traced, Traced, Traced>? Logit = null,
        Func<Traced[], Func<Traced, Traced>, Traced>? Entropy = null,
        Func<Traced[][], int, Traced>? Joint = null,
        Func<Traced, Traced, Traced, Traced>? Joined = null,
        bool UnitCodes = false);

    private static Formula Of(Version version) => inputs =>
    {
        var (z, scale, inverse, gamma) = (inputs["z"], inputs["scale"][0], inputs["inverse_temperature"][0], inputs["gamma"][0]);
        var entropy = version.Entropy ?? Plain;
        var size = version.UnitCodes ? 1 : scale;
        var samples = Distributions(z, size, product => version.Logit?.Invoke(product, inverse) ?? (2 * inverse * product));
        Traced[] entropies = [.. samples.Select(p => entropy(p, Guarded))];
        var joint = version.Joint?.Invoke(samples, z.Columns) ?? entropy(Mean(samples), Guarded);
        var sample = Sum(entropies) / entropies.Length;
        return new Dictionary<string, Grid>
        {
            ["loss"] = new([], [version.Joined?.Invoke(sample, joint, gamma) ?? (sample - (gamma * joint))]),
            ["sample_entropy"] = new([entropies.Length], entropies),
            ["codebook_entropy"] = new([], [joint]),
        };
    };

    /// <summary>p_n over all codes, from what is made of z_n·c.</summary>
    public static Traced[][] Distributions(Grid z, Traced size, Func<Traced, Traced> logit) =>
        [.. Enumerable.Range(0, z.Rows).Select(n => Softmax([.. Enumerable.Range(0, 1 << z.Columns).Select(c =>
            logit(Sum(z.Columns, i => z[n, i] * (((c >> i) & 1) == 1 ? size : -size))))]))];

    /// <summary>−Σ p log p, 0 log 0 = 0.</summary>
    public static Traced Entropy(Traced[] p) => Plain(p, Guarded);

    private static Traced[] Softmax(Traced[] logits)
    {
        var largest = logits.Max(l => l.Value);
        Traced[] exponentials = [.. logits.Select(l => Exp(l - largest))];
        var total = Sum(exponentials);
        return [.. exponentials.Select(e => e / total)];
    }

    private static Traced[] Mean(Traced[][] samples) =>
        [.. Enumerable.Range(0, samples[0].Length).Select(c => Sum(samples.Select(p => p[c])) / samples.Length)];

    private static Traced Plain(Traced[] p, Func<Traced, Traced> log) => -Sum(p.Select(q => q * log(q)));

    private static Traced Guarded(Traced p) => p.Value == 0 ? 0 : Log(p);
}

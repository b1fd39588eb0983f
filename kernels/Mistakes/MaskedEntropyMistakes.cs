using LatentConformance.Contract;
using static LatentConformance.Mistakes.LookupFreeEntropyMistakes;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Padding in the entropies of a lookup-free codebook: left in one, in both, or in what they are divided by.</summary>
internal static class MaskedEntropyMistakes
{
    private const string Operation = "lfq_entropy_masked";

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("LF07", "padding-in-both-entropies", "The more padding, the less varied the codebook looks.", "Take masked tokens out before the entropies.", "lucidrains/vector-quantize-pytorch@af576e5")
            .Both(Operation, Of(new(Sampled: (_, all) => all, Pooled: (_, all) => all))),
        .. new Wrong("LF07a", "padding-in-the-mean-distribution", "Padding passes for diversity, or for the lack of it.", "Take masked tokens out before the distributions are averaged.")
            .Both(Operation, Of(new(Pooled: (_, all) => all))),
        .. new Wrong("LF07b", "padding-in-the-sample-entropy", "The loss asks padding to be sure of its code.", "Take masked tokens out before the entropies are averaged.")
            .Both(Operation, Of(new(Sampled: (_, all) => all))),
        .. new Wrong("LF07c", "masked-sums-over-all-tokens", "Both terms fade as the padding grows.", "Divide by the number of valid tokens.")
            .Both(Operation, Of(new(SampledOver: (_, all) => all, PooledOver: (_, all) => all))),
        .. new Wrong("LF07d", "entropy-mask-inverted", "Only the padding is looked at.", "A mask of one is a token that counts.")
            .Both(Operation, Of(new(Sampled: (kept, all) => [.. all.Except(kept)], Pooled: (kept, all) => [.. all.Except(kept)]))),
        .. new Wrong("LF07e", "padding-set-to-zero", "Padding counts as tokens that are sure of nothing.", "Take masked tokens out; zeros are tokens too.")
            .Both(Operation, Of(new(Sampled: (_, all) => all, Pooled: (_, all) => all, Zeroed: true))),
        .. new Wrong("LF07f", "masked-sample-entropy-over-all-tokens", "Samples matter less the more padding there is.", "Divide the sum of the entropies by the number of valid tokens.")
            .Both(Operation, Of(new(SampledOver: (_, all) => all))),
        .. new Wrong("LF07g", "masked-distribution-sums-below-one", "The mean distribution loses mass to the padding.", "Divide the sum of the distributions by the number of valid tokens.")
            .Both(Operation, Of(new(PooledOver: (_, all) => all))),
        .. new Wrong("LF02m", "masked-diversity-sign", "The codebook collapses to one code.", "Subtract gamma times the entropy of the mean.", "myscience/open-genie#9")
            .Both(Operation, Of(new(Joined: (sample, joint, gamma) => sample + (gamma * joint)))),
        .. new Wrong("LF03m", "masked-entropy-mean-over-codes", "The entropy is 1/K of what it is.", "Sum over the codes; average over the tokens only.", "lucidrains/vector-quantize-pytorch#89")
            .Both(Operation, Of(new(Entropy: p => Entropy(p) / p.Length))),
        .. new Wrong("LF15m", "masked-factor-of-two-lost", "The entropy is that of twice the temperature.", "-|z - c|^2 holds 2 z.c.")
            .Both(Operation, Of(new(Factor: 1))),
        new Wrong("LF16m", "masked-mean-distribution-detached", "The diversity term has no effect.", "Let the gradient pass the mean over the batch.", "lucidrains/vector-quantize-pytorch#158")
            .Gradient(Operation, Of(new(Detached: true))),
    ];

    /// <summary>Some tokens, of those that are valid and of all.</summary>
    private delegate int[] Tokens(int[] kept, int[] all);

    /// <summary>What a version does its own way; what is null it does right.</summary>
    private sealed record Version(
        Tokens? Sampled = null,
        Tokens? SampledOver = null,
        Tokens? Pooled = null,
        Tokens? PooledOver = null,
        Func<Traced, Traced, Traced, Traced>? Joined = null,
        Func<Traced[], Traced>? Entropy = null,
        double Factor = 2,
        bool Zeroed = false,
        bool Detached = false);

    private static Formula Of(Version version) => inputs =>
    {
        var (z, mask, gamma) = (inputs["z"], inputs["mask"], inputs["gamma"][0]);
        int[] all = [.. Enumerable.Range(0, z.Rows)];
        int[] kept = [.. all.Where(n => mask[n].Value == 1)];
        var entropy = version.Entropy ?? Entropy;
        var given = version.Zeroed ? Grid.Matrix(z.Rows, z.Columns, (n, j) => mask[n] * z[n, j]) : z;
        var p = Distributions(given, inputs["scale"][0], product => version.Factor * inputs["inverse_temperature"][0] * product);

        var (sampled, pooled) = (version.Sampled?.Invoke(kept, all) ?? kept, version.Pooled?.Invoke(kept, all) ?? kept);
        var sample = Sum(sampled.Select(n => entropy(p[n]))) / (version.SampledOver?.Invoke(kept, all) ?? sampled).Length;
        var over = (version.PooledOver?.Invoke(kept, all) ?? pooled).Length;
        Traced[] mean = [.. Enumerable.Range(0, 1 << z.Columns).Select(c => Sum(pooled.Select(n => p[n][c])) / over)];
        var joint = entropy(version.Detached ? [.. mean.Select(q => q.Detached)] : mean);
        return new Dictionary<string, Grid>
        {
            ["loss"] = new([], [version.Joined?.Invoke(sample, joint, gamma) ?? (sample - (gamma * joint))]),
            ["sample_entropy"] = new([], [sample]),
            ["codebook_entropy"] = new([], [joint]),
        };
    };
}

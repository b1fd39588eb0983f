using LatentConformance.Contract;

namespace LatentConformance.Reference;

// p_n(c) = softmax_c(2τ z_n·c) over all c in {±scale}^D; H(p) = −Σ p log p, 0 log 0 = 0; loss = mean_n H(p_n) − γ H(mean_n p_n).
// With g_n(c) = −a_n (log p_n(c) + 1) − b/N (log p̄(c) + 1), a and b what comes down on the two entropies:
// ∂/∂z_n = 2τ Σ_c c · p_n(c) (g_n(c) − Σ p_n g_n). The mean's gradient reaches every sample.
public sealed partial class ReferenceKernels
{
    /// <summary>Codes are enumerated here, so the bits of dependent dimensions need no care; more than this take too long.</summary>
    private const int MostEnumerated = 12;

    public (Tensor? Loss, Tensor? SampleEntropy, Tensor? CodebookEntropy) LfqEntropy(Tensor z, double scale, double inverseTemperature, double gamma)
    {
        RefuseUnlessEntropy(z, scale, inverseTemperature, gamma);
        var (entropies, joint) = Entropies(z, scale, inverseTemperature);
        return (
            Answers.Scalar(Real.Terms(Real.Sum(entropies) / entropies.Length, -(gamma * joint))),
            Answers.Floats([entropies.Length], entropies),
            Answers.Scalar(joint));
    }

    public Tensor LfqEntropyVjp(Tensor z, double scale, double inverseTemperature, double gamma, double dLoss, Tensor dSampleEntropy, double dCodebookEntropy)
    {
        RefuseUnlessEntropy(z, scale, inverseTemperature, gamma);
        var samples = z.Shape[0];
        Real[] onSamples = Answers.Each(samples, n => dSampleEntropy[n] + ((Real)dLoss / samples));
        return EntropySlopes(z, scale, inverseTemperature, onSamples, (dCodebookEntropy - (gamma * (Real)dLoss)) / samples);
    }

    /// <param name="onSamples">a_n, what comes down on each sample's entropy.</param>
    /// <param name="onMean">b/N, a sample's part of what comes down on the entropy of the mean.</param>
    private static Tensor EntropySlopes(Tensor z, double scale, double inverseTemperature, Real[] onSamples, Real onMean)
    {
        var samples = z.Shape[0];
        var logs = Each(samples, n => LogSoftmax(Logits(z, n, scale, inverseTemperature)));
        var mean = Mean(logs);
        var pulls = Each(samples, n =>
        {
            var p = logs[n].Select(Real.Exp).ToArray();
            Real[] g = [.. logs[n].Select((log, c) => p[c].Value == 0 ? 0 : -Real.Terms(onSamples[n] * (log + 1), onMean * (Real.Log(mean[c]) + 1)))];
            var centre = Real.Sum([.. g.Select((x, c) => p[c] * x)]);
            return g.Select((x, c) => p[c] * (x - centre)).ToArray();
        });
        return Answers.Matrix(samples, z.Shape[1], (n, i) =>
            2 * inverseTemperature * Real.Sum([.. pulls[n].Select((pull, c) => CodeAt(c, i, scale) * pull)]));
    }

    /// <summary>H(p_n) of every sample, and H of the mean of all p_n.</summary>
    private static (Real[] Samples, Real Joint) Entropies(Tensor z, double scale, double inverseTemperature)
    {
        var logs = Each(z.Shape[0], n => LogSoftmax(Logits(z, n, scale, inverseTemperature)));
        return (
            [.. logs.Select(log => -Real.Sum([.. log.Select(l => Real.Exp(l) * l)]))],
            -Real.Sum([.. Mean(logs).Select(p => p.Value == 0 ? 0 : p * Real.Log(p))]));
    }

    private static Real[][] Each(int samples, Func<int, Real[]> row) => [.. Enumerable.Range(0, samples).Select(row)];

    private static double CodeAt(int code, int dimension, double scale) => ((code >> dimension) & 1) == 1 ? scale : -scale;

    private static Real[] Logits(Tensor z, int sample, double scale, double inverseTemperature) =>
        Answers.Each(1 << z.Shape[1], c =>
            2 * (inverseTemperature * Answers.Sum(z.Shape[1], i => (Real)z[sample, i] * CodeAt(c, i, scale))));

    /// <summary>l − max − log Σ exp(l − max): nothing overflows, and log 0 is never taken.</summary>
    private static Real[] LogSoftmax(Real[] logits)
    {
        var largest = logits.MaxBy(l => l.Value);
        var total = Real.Log(Real.Sum([.. logits.Select(l => Real.Exp(l - largest))]));
        return [.. logits.Select(l => l - largest - total)];
    }

    private static Real[] Mean(Real[][] logs) =>
        Answers.Each(logs[0].Length, c => Real.Sum([.. logs.Select(log => Real.Exp(log[c]))]) / logs.Length);

    private static void RefuseUnlessEntropy(Tensor z, double scale, double inverseTemperature, double gamma)
    {
        RefuseUnlessLookupFree(z.Shape[1], scale);
        Refuse.UnlessPositive("inverse_temperature", inverseTemperature);
        Refuse.UnlessFiniteAndNotNegative("gamma", gamma);
        if (z.Shape[0] == 0 || z.Shape[1] > MostEnumerated)
        {
            throw new RefusalException(z.Shape[0] == 0
                ? "the mean of no samples is not a distribution"
                : $"2^{z.Shape[1]} codes are too many to enumerate; at most 2^{MostEnumerated}");
        }
    }
}

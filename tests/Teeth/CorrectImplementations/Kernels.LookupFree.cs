using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : ILookupFreeQuantizer
{
    public (Tensor? Codes, Tensor? Indices) LfqQuantize(Tensor z, double scale) => (
        Out(z.Shape.ToArray(), Rows(z).SelectMany(row => Passed(row, [.. row.Select(v => v > T.Zero ? C(scale) : -C(scale))]))),
        Whole([z.Shape[0]], Rows(z).Select(Bits)));

    public Tensor LfqQuantizeVjp(Tensor z, double scale, Tensor dCodes)
    {
        var g = Values(dCodes);
        return Like(z, i => g[i]);
    }

    public Tensor LfqIndicesToCodes(Tensor indices, long dimensions, double scale) => Out(
        [indices.Count, (int)dimensions],
        indices.Int64.ToArray().SelectMany(index => Enumerable.Range(0, (int)dimensions).Select(j => C(scale) * Sign(index, j))));

    public Tensor LfqIndicesToCodesVjp(Tensor indices, long dimensions, double scale, Tensor dCodes)
    {
        var g = Values(dCodes);
        return Out([], [Sum(g.Length, i => g[i] * Sign(indices.Int64[i / (int)dimensions], i % (int)dimensions))]);
    }

    public (Tensor? High, Tensor? Low) LfqSplitTokens(Tensor indices, long lowBits)
    {
        var all = indices.Int64.ToArray();
        return (Whole([all.Length], all.Select(i => i / (1L << (int)lowBits))), Whole([all.Length], all.Select(i => i % (1L << (int)lowBits))));
    }

    public Tensor LfqJoinTokens(Tensor high, Tensor low, long lowBits) =>
        Whole([high.Count], high.Int64.ToArray().Zip(low.Int64.ToArray(), (h, l) => (h << (int)lowBits) + l));

    public (Tensor? Loss, Tensor? SampleEntropy, Tensor? CodebookEntropy) LfqEntropy(Tensor z, double scale, double inverseTemperature, double gamma)
    {
        var rows = Rows(z);
        T[][] logs = [.. rows.Select(row => LogSoftmax(Logits(row, scale, inverseTemperature)))];
        T[] entropies = [.. rows.Select((row, n) => style.OtherIdentities
            ? Sum(row.Length, j => BitEntropy(C(4) * C(inverseTemperature) * C(scale) * row[j]))
            : -Sum(logs[n].Length, c => PLogP(logs[n][c])))];
        var codebook = Entropy(MeanOver(logs));
        var loss = Divided(Sum(entropies), entropies.Length) - (C(gamma) * codebook);
        return (Out([], [loss]), Out([rows.Length], entropies), Out([], [codebook]));
    }

    public Tensor LfqEntropyVjp(
        Tensor z, double scale, double inverseTemperature, double gamma, double dLoss, Tensor dSampleEntropy, double dCodebookEntropy)
    {
        var (rows, g) = (Rows(z), Values(dSampleEntropy));
        T[][] logs = [.. rows.Select(row => LogSoftmax(Logits(row, scale, inverseTemperature)))];
        var mean = MeanOver(logs);
        var toCodebook = C(dCodebookEntropy) - (C(gamma) * C(dLoss));
        return Out(z.Shape.ToArray(), rows.SelectMany((row, n) =>
        {
            // dH/dp = −(log p + 1) on either way, back through one softmax.
            T[] p = [.. logs[n].Select(T.Exp)];
            var toSample = g[n] + Divided(C(dLoss), rows.Length);
            T[] up = [.. p.Select((_, c) => -((toSample * (logs[n][c] + T.One)) + Divided(toCodebook * ((mean[c] == T.Zero ? T.Zero : T.Log(mean[c])) + T.One), rows.Length)))];
            var along = Sum(p.Length, c => p[c] * up[c]);
            return row.Select((_, j) => C(2) * C(inverseTemperature) * C(scale) * Sum(p.Length, c => p[c] * (up[c] - along) * Sign(c, j)));
        }));
    }

    public (Tensor? Codes, Tensor? Indices) BsqQuantize(Tensor z)
    {
        T[][] units = [.. Rows(z).Select(Unit)];
        var side = T.One / T.Sqrt(C(z.Shape[1]));
        return (
            Out(z.Shape.ToArray(), units.SelectMany(u => Passed(u, [.. u.Select(v => v > T.Zero ? side : -side)]))),
            Whole([units.Length], units.Select(Bits)));
    }

    public Tensor BsqQuantizeVjp(Tensor z, Tensor dCodes)
    {
        var g = Rows(dCodes);
        return Out(z.Shape.ToArray(), Rows(z).SelectMany((row, n) =>
        {
            var (u, norm) = (Unit(row), T.Sqrt(Dot(row.Length, j => row[j], j => row[j])));
            if (style.StepByStep)
            {
                // z / ‖z‖ as a quotient: the denominator collects −Σ g z / ‖z‖², and the norm hands it on along z / ‖z‖.
                var toNorm = -Sum(row.Length, j => g[n][j] * row[j] / Square(norm));
                return row.Select((v, j) => (g[n][j] / norm) + (toNorm * v / norm)).ToArray();
            }

            var along = Dot(row.Length, j => g[n][j], j => u[j]);
            return [.. row.Select((_, j) => (g[n][j] - (u[j] * along)) / norm)];
        }));
    }

    private static long Bits(T[] row) => row.Select((v, j) => v > T.Zero ? 1L << j : 0).Sum();

    private static T Sign(long index, int bit) => ((index >> bit) & 1) == 1 ? T.One : -T.One;

    private static T PLogP(T log) => T.IsNegativeInfinity(log) ? T.Zero : T.Exp(log) * log;

    private T[] Unit(T[] row)
    {
        var norm = T.Sqrt(Dot(row.Length, j => row[j], j => row[j]));
        return [.. row.Select(v => style.Reciprocals ? v * (T.One / norm) : v / norm)];
    }

    private T[] Logits(T[] row, double scale, double inverseTemperature) => [.. Enumerable.Range(0, 1 << row.Length).Select(c => style.Reciprocals
        ? C(2 * inverseTemperature * scale) * Sum(row.Length, j => row[j] * Sign(c, j))
        : C(2) * C(inverseTemperature) * Sum(row.Length, j => row[j] * (C(scale) * Sign(c, j))))];

    private T[] MeanOver(T[][] logs) =>
        [.. Enumerable.Range(0, logs[0].Length).Select(c => Divided(Sum(logs.Length, n => T.Exp(logs[n][c])), logs.Length))];

    private T Entropy(T[] p) => -Sum(p.Length, c => p[c] == T.Zero ? T.Zero : p[c] * T.Log(p[c]));

    /// <summary>The bits of one sample are independent, so its entropy is the sum of theirs: log(1 + e^−x) + x / (1 + e^x).</summary>
    private static T BitEntropy(T x) => T.LogP1(T.Exp(-T.Abs(x))) + (T.Abs(x) * T.Exp(-T.Abs(x)) / (T.One + T.Exp(-T.Abs(x))));
}

using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : ISparseAutoencoder
{
    public Tensor KlSparsity(Tensor activations, double rho)
    {
        var (means, r) = (ColumnMeans(Rows(activations)), C(rho));
        return Out([], [Sum(means.Length, j => style.OtherIdentities
            ? (r * (T.Log(r) - T.Log(means[j]))) + ((T.One - r) * (T.Log(T.One - r) - T.Log(T.One - means[j])))
            : (r * T.Log(r / means[j])) + ((T.One - r) * T.Log((T.One - r) / (T.One - means[j]))))]);
    }

    public Tensor KlSparsityVjp(Tensor activations, double rho, double dPenalty)
    {
        var (means, r, batch) = (ColumnMeans(Rows(activations)), C(rho), activations.Shape[0]);
        return Like(activations, i =>
        {
            var mean = means[i % means.Length];
            return Divided(C(dPenalty) * (style.OtherIdentities ? (mean - r) / (mean * (T.One - mean)) : ((T.One - r) / (T.One - mean)) - (r / mean)), batch);
        });
    }

    public Tensor L1Sparsity(Tensor h) => PerRow(h, row => Sum(row.Length, j => T.Abs(row[j])));

    public Tensor L1SparsityVjp(Tensor h, Tensor dPenalty)
    {
        var (values, g) = (Values(h), Values(dPenalty));
        return Like(h, i => g[i / h.Shape[1]] * Slope(values[i]));
    }

    public Tensor TopK(Tensor x, long k) => Kept(x, k, Rows(x));

    public Tensor TopKVjp(Tensor x, long k, Tensor dY) => Kept(x, k, Rows(dY));

    public Tensor DenoisingLoss(Tensor x, Tensor noise, Tensor w)
    {
        var (clean, noisy, weights) = (Rows(x), Noisy(x, noise), Rows(w));
        return Out([clean.Length], noisy.Select((row, b) => Sum(row.Length, i => Square(Dot(row.Length, j => row[j], j => weights[i][j]) - clean[b][i]))));
    }

    public Tensor DenoisingLossVjp(Tensor x, Tensor noise, Tensor w, Tensor dLoss)
    {
        var (clean, noisy, weights, g, d) = (Rows(x), Noisy(x, noise), Rows(w), Values(dLoss), w.Shape[1]);
        T[][] pulls = [.. noisy.Select((row, b) => row.Select((_, i) =>
            C(2) * g[b] * (Dot(d, j => row[j], j => weights[i][j]) - clean[b][i])).ToArray())];
        return Like(w, i => Dot(pulls.Length, b => pulls[b][i / d], b => noisy[b][i % d]));
    }

    public Tensor ContractivePenalty(Tensor x, Tensor w, Tensor b)
    {
        var (weights, slopes) = (Rows(w), Slopes(x, w, b));
        return Out([slopes.Length], slopes.Select(s => style.OtherIdentities
            ? Sum(s.Length, h => Sum(weights[h].Length, j => Square(s[h].Slope * weights[h][j])))
            : Sum(s.Length, h => Square(s[h].Slope) * Dot(weights[h].Length, j => weights[h][j], j => weights[h][j]))));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DB) ContractivePenaltyVjp(Tensor x, Tensor w, Tensor b, Tensor dPenalty)
    {
        var (rows, weights, slopes, g, d) = (Rows(x), Rows(w), Slopes(x, w, b), Values(dPenalty), w.Shape[1]);
        T ToUnit(int n, int h)
        {
            var (value, slope) = slopes[n][h];
            var toSlope = C(2) * g[n] * slope * Dot(d, j => weights[h][j], j => weights[h][j]);
            return style.StepByStep
                ? ((toSlope * (T.One - value)) - (toSlope * value)) * (value * (T.One - value))
                : toSlope * slope * (T.One - (C(2) * value));
        }

        return (
            Like(x, i => Dot(weights.Length, h => ToUnit(i / d, h), h => weights[h][i % d])),
            Like(w, i => Sum(rows.Length, n =>
                (ToUnit(n, i / d) * rows[n][i % d]) + (C(2) * g[n] * Square(slopes[n][i / d].Slope) * weights[i / d][i % d]))),
            Like(b, h => Sum(rows.Length, n => ToUnit(n, h))));
    }

    public Tensor TiedLinear(Tensor x, Tensor w)
    {
        var (codes, weights) = (Encoded(Rows(x), Rows(w)), Rows(w));
        return Like(x, i => Dot(weights.Length, h => codes[i / w.Shape[1]][h], h => weights[h][i % w.Shape[1]]));
    }

    public (Tensor? DX, Tensor? DW) TiedLinearVjp(Tensor x, Tensor w, Tensor dXHat)
    {
        var (rows, weights, g, d) = (Rows(x), Rows(w), Rows(dXHat), w.Shape[1]);
        var (codes, toCodes) = (Encoded(rows, weights), Encoded(g, weights));
        return (
            Like(x, i => Dot(weights.Length, h => toCodes[i / d][h], h => weights[h][i % d])),
            Like(w, i => Dot(rows.Length, n => codes[n][i / d], n => g[n][i % d]) + Dot(rows.Length, n => toCodes[n][i / d], n => rows[n][i % d])));
    }

    private T[] ColumnMeans(T[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(j => Divided(Sum(rows.Length, n => rows[n][j]), rows.Length))];

    private Tensor Kept(Tensor x, long k, T[][] values) => Out(x.Shape.ToArray(), Rows(x).SelectMany((row, n) =>
    {
        var kept = Enumerable.Range(0, row.Length).OrderByDescending(j => row[j]).Take((int)k).ToHashSet();
        return row.Select((_, j) => kept.Contains(j) ? values[n][j] : T.Zero);
    }));

    private static T[][] Noisy(Tensor x, Tensor noise) => [.. Rows(x).Zip(Rows(noise), (a, b) => a.Zip(b, (v, e) => v + e).ToArray())];

    private T[][] Encoded(T[][] rows, T[][] weights) =>
        [.. rows.Select(row => weights.Select(w => Dot(row.Length, j => row[j], j => w[j])).ToArray())];

    private (T Value, T Slope)[][] Slopes(Tensor x, Tensor w, Tensor b)
    {
        var bias = Values(b);
        return [.. Encoded(Rows(x), Rows(w)).Select(row => row.Select((v, h) =>
        {
            var value = Sigmoid(v + bias[h]);
            return (value, value * (T.One - value));
        }).ToArray())];
    }
}

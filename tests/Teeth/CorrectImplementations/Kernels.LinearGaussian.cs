using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : ILinearGaussian
{
    public Tensor LinearGaussianLogEvidence(Tensor x, Tensor w, double noiseVariance)
    {
        var (rows, factor) = (Rows(x), Cholesky(Covariance(Rows(w), C(noiseVariance))));
        var m = factor.Length;
        var logDeterminant = C(2) * Sum(m, i => T.Log(factor[i][i]));
        return Out([rows.Length], rows.Select(row =>
        {
            var y = Down(factor, row);
            return -Half((C(m) * T.Log(C(2) * T.Pi)) + logDeterminant + Sum(m, i => Square(y[i])));
        }));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) LinearGaussianLogEvidenceVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor dLogEvidence)
    {
        var (rows, weights, g) = (Rows(x), Rows(w), Values(dLogEvidence));
        var factor = Cholesky(Covariance(weights, C(noiseVariance)));
        T[][] y = [.. rows.Select(row => Solve(factor, row))];
        T[][] columns = [.. Enumerable.Range(0, w.Shape[1]).Select(j => Solve(factor, [.. weights.Select(row => row[j])]))];
        var trace = Sum(factor.Length, m => Solve(factor, Unity(m, factor.Length))[m]);
        T Projected(int b, int j) => Sum(weights.Length, m => y[b][m] * weights[m][j]);
        return (
            Out(x.Shape.ToArray(), y.SelectMany((row, b) => row.Select(v => -g[b] * v))),
            Like(w, i => Sum(rows.Length, b => g[b] * ((y[b][i / w.Shape[1]] * Projected(b, i % w.Shape[1])) - columns[i % w.Shape[1]][i / w.Shape[1]]))),
            Out([], [Sum(rows.Length, b => Half(g[b]) * (Sum(y[b].Length, m => Square(y[b][m])) - trace))]));
    }

    public (Tensor? Mean, Tensor? Covariance) LinearGaussianPosterior(Tensor x, Tensor w, double noiseVariance)
    {
        var (rows, weights) = (Rows(x), Rows(w));
        var factor = Cholesky(Precision(weights, w.Shape[1], C(noiseVariance)));
        T[][] covariance = Inverse(factor);
        return (
            Out([rows.Length, factor.Length], rows.SelectMany(row => Mean(factor, weights, row, C(noiseVariance)))),
            Out([factor.Length, factor.Length], covariance.SelectMany(c => c)));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) LinearGaussianPosteriorVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor dMean, Tensor dCovariance)
    {
        var (rows, weights, s2, up) = (Rows(x), Rows(w), C(noiseVariance), Rows(dCovariance));
        var factor = Cholesky(Precision(weights, w.Shape[1], s2));
        var (covariance, d) = (Inverse(factor), factor.Length);
        T[][] along = [.. Rows(dMean).Select(g => Solve(factor, g))];
        T[][] means = [.. rows.Select(row => Mean(factor, weights, row, s2))];

        // A covariance is an inverse: what comes from above goes through it on either side.
        T[][] half = Square(d, (i, j) => Sum(d, k => covariance[i][k] * up[k][j]));
        T[][] toPrecision = Square(d, (i, j) => -(Sum(d, k => half[i][k] * covariance[k][j]) + Sum(rows.Length, b => along[b][i] * means[b][j])));
        return ThroughPrecision(x, w, s2, toPrecision, along);
    }

    public (Tensor? Elbo, Tensor? Reconstruction, Tensor? Kl) LinearGaussianElbo(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar)
    {
        var (rows, weights, means, lv, s2) = (Rows(x), Rows(w), Rows(mu), Rows(logvar), C(noiseVariance));
        T[] kl = [.. means.Select((row, b) => KlOfSample(row, lv[b]))];
        T[] fit = [.. rows.Select((row, b) =>
        {
            var misfit = Sum(row.Length, m => Square(row[m] - Sum(weights[m].Length, j => weights[m][j] * means[b][j])));
            var spread = Sum(lv[b].Length, j => T.Exp(lv[b][j]) * Sum(row.Length, m => Square(weights[m][j])));
            return -Half((C(row.Length) * T.Log(C(2) * T.Pi * s2)) + ((misfit + spread) / s2));
        })];
        return (Out([kl.Length], fit.Zip(kl, (f, k) => f - k)), Out([kl.Length], fit), Out([kl.Length], kl));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianElboVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dElbo)
    {
        var (rows, weights, means, lv, g, s2) = (Rows(x), Rows(w), Rows(mu), Rows(logvar), Values(dElbo), C(noiseVariance));
        var d = w.Shape[1];
        T[][] residuals = [.. rows.Select((row, b) => row.Select((v, m) => (v - Sum(d, j => weights[m][j] * means[b][j])) / s2).ToArray())];
        return (
            Out(x.Shape.ToArray(), residuals.SelectMany((row, b) => row.Select(r => -g[b] * r))),
            Like(w, i => Sum(rows.Length, b => g[b] * ((residuals[b][i / d] * means[b][i % d]) - (T.Exp(lv[b][i % d]) * weights[i / d][i % d] / s2)))),
            Out([], [Sum(rows.Length, b =>
            {
                var misfit = Sum(residuals[b].Length, m => Square(residuals[b][m]));
                var spread = Sum(d, j => T.Exp(lv[b][j]) * Sum(weights.Length, m => Square(weights[m][j]))) / Square(s2);
                return Half(g[b]) * (misfit + spread - (C(weights.Length) / s2));
            })]),
            Like(mu, i => g[i / d] * (Sum(weights.Length, m => weights[m][i % d] * residuals[i / d][m]) - means[i / d][i % d])),
            Like(mu, i =>
            {
                var variance = T.Exp(lv[i / d][i % d]);
                return -Half(g[i / d] * ((variance * Sum(weights.Length, m => Square(weights[m][i % d])) / s2) + variance - T.One));
            }));
    }

    public Tensor LinearGaussianGap(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar)
    {
        var (rows, weights, means, lv, s2) = (Rows(x), Rows(w), Rows(mu), Rows(logvar), C(noiseVariance));
        var precision = Precision(weights, w.Shape[1], s2);
        var factor = Cholesky(precision);
        var d = factor.Length;
        var logDeterminant = C(2) * Sum(d, i => T.Log(factor[i][i]));
        return Out([rows.Length], rows.Select((row, b) =>
        {
            var mean = Mean(factor, weights, row, s2);
            T Delta(int j) => mean[j] - means[b][j];
            var quadratic = Sum(d, i => Delta(i) * Sum(d, j => precision[i][j] * Delta(j)));
            return Half(Sum(d, j => precision[j][j] * T.Exp(lv[b][j])) + quadratic - C(d) - logDeterminant - Sum(d, j => lv[b][j]));
        }));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianGapVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dGap)
    {
        var (rows, weights, at, lv, g, s2) = (Rows(x), Rows(w), Rows(mu), Rows(logvar), Values(dGap), C(noiseVariance));
        var precision = Precision(weights, w.Shape[1], s2);
        var factor = Cholesky(precision);
        var (covariance, d) = (Inverse(factor), factor.Length);
        T[][] means = [.. rows.Select(row => Mean(factor, weights, row, s2))];
        T[][] apart = [.. means.Select((m, b) => m.Zip(at[b], (p, q) => p - q).ToArray())];
        T[][] along = [.. apart.Select((a, b) => a.Select(v => g[b] * v).ToArray())];
        T[][] toPrecision = Square(d, (i, j) => Sum(rows.Length, b =>
            (Half(g[b]) * ((i == j ? T.Exp(lv[b][i]) : T.Zero) + (apart[b][i] * apart[b][j]) - covariance[i][j])) - (along[b][i] * means[b][j])));
        var (dx, dw, dNoise) = ThroughPrecision(x, w, s2, toPrecision, along);
        return (
            dx,
            dw,
            dNoise,
            Like(mu, i => -g[i / d] * Sum(d, k => precision[i % d][k] * apart[i / d][k])),
            Like(mu, i => Half(g[i / d]) * ((precision[i % d][i % d] * T.Exp(lv[i / d][i % d])) - T.One)));
    }

    /// <summary>Back from A = I + WᵀW / s² and from Wᵀx / s², whose share has been through A⁻¹ already.</summary>
    private (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) ThroughPrecision(Tensor x, Tensor w, T s2, T[][] toPrecision, T[][] along)
    {
        var (rows, weights, d) = (Rows(x), Rows(w), w.Shape[1]);
        T Carried(int b, int m) => Sum(d, j => weights[m][j] * along[b][j]);
        return (
            Like(x, i => Carried(i / weights.Length, i % weights.Length) / s2),
            Like(w, i => (Sum(d, k => weights[i / d][k] * (toPrecision[k][i % d] + toPrecision[i % d][k]))
                + Sum(rows.Length, b => rows[b][i / d] * along[b][i % d])) / s2),
            Out([], [-(Sum(weights.Length, m => Sum(d, i => Sum(d, j => toPrecision[i][j] * weights[m][i] * weights[m][j])))
                + Sum(rows.Length, b => Sum(weights.Length, m => rows[b][m] * Carried(b, m)))) / Square(s2)]));
    }

    private static T[][] Square(int size, Func<int, int, T> element) =>
        [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j => element(i, j)).ToArray())];

    private T[][] Inverse(T[][] factor) => [.. Enumerable.Range(0, factor.Length).Select(j => Solve(factor, Unity(j, factor.Length)))];

    private static T[] Unity(int j, int count) => [.. Enumerable.Range(0, count).Select(i => i == j ? T.One : T.Zero)];

    private T[][] Covariance(T[][] w, T s2) =>
        [.. w.Select((a, i) => w.Select((b, j) => Sum(a.Length, k => a[k] * b[k]) + (i == j ? s2 : T.Zero)).ToArray())];

    private T[][] Precision(T[][] w, int latents, T s2) =>
        [.. Enumerable.Range(0, latents).Select(i => Enumerable.Range(0, latents)
            .Select(j => (Sum(w.Length, m => w[m][i] * w[m][j]) / s2) + (i == j ? T.One : T.Zero)).ToArray())];

    private T[] Mean(T[][] factor, T[][] w, T[] x, T s2) =>
        Solve(factor, [.. factor.Select((_, j) => Sum(w.Length, m => w[m][j] * x[m]) / s2)]);

    /// <summary>The lower triangle L of a = L Lᵀ.</summary>
    private T[][] Cholesky(T[][] a)
    {
        T[][] factor = [.. a.Select(_ => new T[a.Length])];
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var left = a[i][j] - Sum(j, k => factor[i][k] * factor[j][k]);
                factor[i][j] = i == j ? T.Sqrt(left) : left / factor[j][j];
            }
        }

        return factor;
    }

    private T[] Down(T[][] factor, T[] right)
    {
        var solved = new T[right.Length];
        for (var i = 0; i < solved.Length; i++)
        {
            solved[i] = (right[i] - Sum(i, k => factor[i][k] * solved[k])) / factor[i][i];
        }

        return solved;
    }

    private T[] Solve(T[][] factor, T[] right)
    {
        var solved = Down(factor, right);
        for (var i = solved.Length - 1; i >= 0; i--)
        {
            solved[i] = (solved[i] - Sum(solved.Length - i - 1, k => factor[i + 1 + k][i] * solved[i + 1 + k])) / factor[i][i];
        }

        return solved;
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IGaussian
{
    public Tensor KlStandard(Tensor mu, Tensor logvar) => Kl(mu, logvar);

    public (Tensor? DMu, Tensor? DLogvar) KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl) => KlVjp(mu, logvar, dKl);

    public Tensor KlSpatial(Tensor mu, Tensor logvar) => Kl(mu, logvar);

    public (Tensor? DMu, Tensor? DLogvar) KlSpatialVjp(Tensor mu, Tensor logvar, Tensor dKl) => KlVjp(mu, logvar, dKl);

    public Tensor KlGaussians(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP) =>
        Reduced(KlOfPairs(muQ, logvarQ, muP, logvarP), Sizes(muQ).Elements);

    public (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlGaussiansVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, Tensor dKl)
    {
        var (samples, d) = Sizes(muQ);
        T Up(int i) => Upstream(dKl, i / d, samples, d);
        return KlOfPairsVjp(muQ, logvarQ, muP, logvarP, Up, Up);
    }

    public Tensor Reparameterize(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        var (m, lv, e) = (Values(mu), Values(logvar), Values(epsilon));
        return Like(mu, i => m[i] + (Sigma(lv[i]) * e[i]));
    }

    public (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) ReparameterizeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        var (lv, e, g) = (Values(logvar), Values(epsilon), Values(dZ));
        return (
            Like(mu, i => g[i]),
            Like(mu, i => Flows(lv[i]) ? g[i] * e[i] * Half(Sigma(lv[i])) : T.Zero),
            Like(mu, i => g[i] * Sigma(lv[i])));
    }

    protected virtual T KlOfSample(T[] mu, T[] lv) => style.Kl switch
    {
        KlForm.PerElement => Half(Sum(mu.Length, j => Square(mu[j]) + T.Exp(lv[j]) - T.One - lv[j])),
        KlForm.Fused => -Half(Sum(mu.Length, j => T.One + lv[j] - Square(mu[j]) - T.Exp(lv[j]))),
        KlForm.TermByTerm => Half(
            Sum(mu.Length, j => Square(mu[j])) + Sum(mu.Length, j => T.Exp(lv[j])) - C(mu.Length) - Sum(mu.Length, j => lv[j])),
        _ => Half(Sum(mu.Length, j => Square(mu[j]) + Square(Sigma(lv[j])) - T.One - T.Log(Square(Sigma(lv[j]))))),
    };

    private T[] KlPerSample(Tensor mu, Tensor logvar)
    {
        var (samples, d) = mu.SameShape(logvar) ? Sizes(mu) : throw new RefusalException("shapes differ");
        var (m, lv) = (Values(mu), Values(logvar));
        return [.. Enumerable.Range(0, samples).Select(b =>
            KlOfSample(m[(b * d)..((b + 1) * d)], [.. lv[(b * d)..((b + 1) * d)].Select(Clamped)]))];
    }

    private T[] KlOfPairs(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP)
    {
        var (samples, d) = Sizes(muQ);
        var (mq, lq, mp, lp) = (Values(muQ), Values(logvarQ), Values(muP), Values(logvarP));
        return [.. Enumerable.Range(0, samples).Select(b => Half(Sum(d, j =>
        {
            var i = (b * d) + j;
            return lp[i] - lq[i] + Ratio(lq[i], lp[i]) + Over(Square(mq[i] - mp[i]), lp[i]) - T.One;
        })))];
    }

    /// <summary>What comes from above may differ for the two Gaussians.</summary>
    private (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlOfPairsVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, Func<int, T> upQ, Func<int, T> upP)
    {
        var (mq, lq, mp, lp) = (Values(muQ), Values(logvarQ), Values(muP), Values(logvarP));
        return (
            Like(muQ, i => upQ(i) * Over(mq[i] - mp[i], lp[i])),
            Like(muQ, i => upQ(i) * Half(Ratio(lq[i], lp[i]) - T.One)),
            Like(muQ, i => upP(i) * Over(mp[i] - mq[i], lp[i])),
            Like(muQ, i => upP(i) * Half(T.One - Ratio(lq[i], lp[i]) - Over(Square(mq[i] - mp[i]), lp[i]))));
    }

    private Tensor Kl(Tensor mu, Tensor logvar) => Reduced(KlPerSample(mu, logvar), Sizes(mu).Elements);

    private (Tensor? DMu, Tensor? DLogvar) KlVjp(Tensor mu, Tensor logvar, Tensor dKl)
    {
        var (samples, d) = Sizes(mu);
        var (m, lv) = (Values(mu), Values(logvar));
        T Up(int i) => Upstream(dKl, i / d, samples, d);
        return (Like(mu, i => m[i] * Up(i)), Like(mu, i => Flows(lv[i]) ? Half(Up(i)) * (T.Exp(lv[i]) - T.One) : T.Zero));
    }

    private T Sigma(T logvar) => style.RootOfVariance ? T.Sqrt(T.Exp(Clamped(logvar))) : T.Exp(Half(Clamped(logvar)));

    private T Ratio(T lq, T lp) =>
        style.Reciprocals ? T.Exp(lq - lp) : style.Kl == KlForm.BySigma ? Square(Sigma(lq) / Sigma(lp)) : T.Exp(lq) / T.Exp(lp);

    private T Over(T value, T logvar) => style.Reciprocals ? value * T.Exp(-logvar) : value / T.Exp(logvar);
}

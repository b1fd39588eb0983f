using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IReconstruction, IVaeLoss
{
    private static readonly T Epsilon = C(1e-8);

    public Tensor SquaredErrorSum(Tensor x, Tensor xHat) => Reduced(PerSample(x, xHat, SquaredError), Sizes(x).Elements);

    public Tensor SquaredErrorSumVjp(Tensor x, Tensor xHat, Tensor dLoss) => Slopes(x, xHat, dLoss, (a, b) => C(2) * (b - a));

    public Tensor SquaredErrorMean(Tensor x, Tensor xHat) =>
        Reduced([.. PerSample(x, xHat, SquaredError).Select(s => Divided(s, Sizes(x).Elements))], 1);

    public Tensor SquaredErrorMeanVjp(Tensor x, Tensor xHat, Tensor dLoss)
    {
        var (samples, d) = Sizes(x);
        var (a, b) = (Values(x), Values(xHat));
        return Like(x, i => Upstream(dLoss, i / d, samples, 1) * Divided(C(2) * (b[i] - a[i]), d));
    }

    public Tensor Bce(Tensor x, Tensor xHat) => Reduced(PerSample(x, xHat, CrossEntropy), Sizes(x).Elements);

    public Tensor BceVjp(Tensor x, Tensor xHat, Tensor dLoss) => Slopes(x, xHat, dLoss, CrossEntropySlope);

    public Tensor BceLogits(Tensor x, Tensor logits) => Reduced(PerSample(x, logits, CrossEntropyOfLogits), Sizes(x).Elements);

    public Tensor BceLogitsVjp(Tensor x, Tensor logits, Tensor dLoss) => Slopes(x, logits, dLoss, (t, l) => Sigmoid(l) - t);

    public Tensor L1(Tensor x, Tensor xHat) => Reduced(PerSample(x, xHat, (a, b) => T.Abs(b - a)), Sizes(x).Elements);

    public Tensor L1Vjp(Tensor x, Tensor xHat, Tensor dLoss) => Slopes(x, xHat, dLoss, (a, b) => Slope(b - a));

    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLoss(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) =>
        Joined(PerSample(x, xHat, SquaredError), Sizes(x).Elements, mu, logvar, beta);

    public (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) =>
        JoinedVjp(SquaredErrorSumVjp(x, xHat, dLoss), mu, logvar, beta, dLoss);

    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLossBce(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) =>
        Joined(PerSample(x, xHat, CrossEntropy), Sizes(x).Elements, mu, logvar, beta);

    public (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossBceVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) =>
        JoinedVjp(BceVjp(x, xHat, dLoss), mu, logvar, beta, dLoss);

    public Tensor KlWarmup(Tensor step, long warmupSteps) =>
        warmupSteps > 0
            ? Like(step, i => Ramp(step[i], warmupSteps))
            : throw new RefusalException("no warm-up");

    private static T SquaredError(T x, T xHat) => Square(x - xHat);

    private static T CrossEntropy(T x, T p) => -((x * T.Log(p + Epsilon)) + ((T.One - x) * T.Log(T.One - p + Epsilon)));

    private static T CrossEntropySlope(T x, T p) => ((T.One - x) / (T.One - p + Epsilon)) - (x / (p + Epsilon));

    private static T LogSigmoid(T l) => T.Min(l, T.Zero) - T.LogP1(T.Exp(-T.Abs(l)));

    private T CrossEntropyOfLogits(T x, T l) => style.OtherIdentities
        ? -((x * LogSigmoid(l)) + ((T.One - x) * LogSigmoid(-l)))
        : T.Max(l, T.Zero) - (l * x) + T.LogP1(T.Exp(-T.Abs(l)));

    private T Sigmoid(T l) => style.OtherIdentities ? Half(T.One + T.Tanh(Half(l))) : T.One / (T.One + T.Exp(-l));

    private T Divided(T value, int count) => style.Reciprocals ? value * (T.One / C(count)) : value / C(count);

    private T[] PerSample(Tensor x, Tensor xHat, Func<T, T, T> term)
    {
        var (samples, d) = x.SameShape(xHat) ? Sizes(x) : throw new RefusalException("shapes differ");
        var (a, b) = (Values(x), Values(xHat));
        return [.. Enumerable.Range(0, samples).Select(s => Sum(d, j => term(a[(s * d) + j], b[(s * d) + j])))];
    }

    private Tensor Slopes(Tensor x, Tensor xHat, Tensor dLoss, Func<T, T, T> slope)
    {
        var (samples, d) = Sizes(x);
        var (a, b) = (Values(x), Values(xHat));
        return Like(x, i => slope(a[i], b[i]) * Upstream(dLoss, i / d, samples, d));
    }

    private (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) Joined(T[] reconstruction, int pixels, Tensor mu, Tensor logvar, double beta)
    {
        if (!(beta >= 0))
        {
            throw new RefusalException("beta");
        }

        var kl = KlPerSample(mu, logvar);
        var (r, k) = (Reduced(reconstruction, pixels), Reduced(kl, Sizes(mu).Elements));
        var (rs, ks) = style.Conventions.Reduce == "none" ? (reconstruction, kl) : (Values(r), Values(k));
        return (Like(r, i => rs[i] + (C(beta) * ks[i])), r, k);
    }

    private (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) JoinedVjp(Tensor dXHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss)
    {
        var (samples, d) = Sizes(mu);
        var (m, lv) = (Values(mu), Values(logvar));
        T Up(int i) => C(beta) * Upstream(dLoss, i / d, samples, d);
        return (dXHat, Like(mu, i => Up(i) * m[i]), Like(mu, i => Flows(lv[i]) ? Up(i) * Half(T.Exp(lv[i]) - T.One) : T.Zero));
    }
}

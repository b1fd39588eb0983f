using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IHierarchicalLatent
{
    public (Tensor? Mu, Tensor? Logvar) GaussianMerge(Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB)
    {
        var (ma, la, mb, lb) = (Values(muA), Values(logvarA), Values(muB), Values(logvarB));
        if (style.OtherIdentities)
        {
            // One mean moved towards the other by a gate; precisions added in the logarithm.
            return (
                Like(muA, i => ma[i] + (Gate(la[i] - lb[i]) * (mb[i] - ma[i]))),
                Like(muA, i => T.Min(la[i], lb[i]) - T.LogP1(T.Exp(-T.Abs(la[i] - lb[i])))));
        }

        T Variance(int i) => T.One / (Over(T.One, la[i]) + Over(T.One, lb[i]));
        return (
            Like(muA, i => (Over(ma[i], la[i]) + Over(mb[i], lb[i])) * Variance(i)),
            Like(muA, i => T.Log(Variance(i))));
    }

    public (Tensor? DMuA, Tensor? DLogvarA, Tensor? DMuB, Tensor? DLogvarB) GaussianMergeVjp(
        Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB, Tensor dMu, Tensor dLogvar)
    {
        var (ma, la, mb, lb, dm, dl) = (Values(muA), Values(logvarA), Values(muB), Values(logvarB), Values(dMu), Values(dLogvar));

        // The weight of the first of two, and the change of its log-variance.
        T Weight(T own, T other) => style.OtherIdentities
            ? Gate(other - own)
            : Over(T.One, own) / (Over(T.One, own) + Over(T.One, other));
        T OfLogvar(int i, T mean, T own, T mean2, T other)
        {
            var (w, rest) = (Weight(own, other), Weight(other, own));
            return style.StepByStep
                ? -w * ((dm[i] * (mean - ((w * mean) + (rest * mean2)))) - dl[i])
                : (dl[i] * w) - (dm[i] * (mean - mean2) * w * rest);
        }

        return (
            Like(muA, i => dm[i] * Weight(la[i], lb[i])),
            Like(muA, i => OfLogvar(i, ma[i], la[i], mb[i], lb[i])),
            Like(muA, i => dm[i] * Weight(lb[i], la[i])),
            Like(muA, i => OfLogvar(i, mb[i], lb[i], ma[i], la[i])));
    }

    public Tensor KlResidual(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP)
    {
        var (m, l, p) = (Rows(deltaMu), Rows(deltaLogvar), Rows(logvarP));
        return Out([m.Length], Enumerable.Range(0, m.Length).Select(b => style.Kl switch
        {
            KlForm.Fused => -Half(Sum(m[b].Length, j => T.One + l[b][j] - Over(Square(m[b][j]), p[b][j]) - T.Exp(l[b][j]))),
            KlForm.BySigma => Sum(m[b].Length, j =>
            {
                // As NVAE has it: the posterior is put together first and divided by the prior again.
                var ratio = Sigma(p[b][j] + l[b][j]) / Sigma(p[b][j]);
                return Half(Square(m[b][j] / Sigma(p[b][j])) + Square(ratio)) - C(0.5) - T.Log(ratio);
            }),
            _ => Half(Sum(m[b].Length, j => Over(Square(m[b][j]), p[b][j]) + T.Exp(l[b][j]) - T.One - l[b][j])),
        }));
    }

    public (Tensor? DDeltaMu, Tensor? DDeltaLogvar, Tensor? DLogvarP) KlResidualVjp(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP, Tensor dKl)
    {
        var (m, l, p, g, d) = (Values(deltaMu), Values(deltaLogvar), Values(logvarP), Values(dKl), deltaMu.Shape[1]);
        return (
            Like(deltaMu, i => g[i / d] * Over(m[i], p[i])),
            Like(deltaMu, i => Half(g[i / d]) * (T.Exp(l[i]) - T.One)),
            Like(deltaMu, i => -Half(g[i / d]) * Over(Square(m[i]), p[i])));
    }

    public Tensor FreeBits(Tensor kl, double floor) => PerRow(kl, row => Sum(row.Length, j => T.Max(row[j], C(floor))));

    public Tensor FreeBitsVjp(Tensor kl, double floor, Tensor dLoss)
    {
        var (values, g) = (Values(kl), Values(dLoss));

        // At the floor a clamp passes all of the gradient, a maximum of two tensors half of it.
        return Like(kl, i => values[i] < C(floor) ? T.Zero : values[i] == C(floor) && style.OtherIdentities ? Half(g[i / kl.Shape[1]]) : g[i / kl.Shape[1]]);
    }

    public Tensor KlBalancing(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation) => Out(
        [muQ.Shape[0]],
        KlOfPairs(muQ, logvarQ, muP, logvarP).Select(kl => style.Reciprocals
            ? (C(weightDynamics) + C(weightRepresentation)) * kl
            : (C(weightDynamics) * kl) + (C(weightRepresentation) * kl)));

    public (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlBalancingVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation, Tensor dLoss)
    {
        var (g, d) = (Values(dLoss), muQ.Shape[1]);
        return KlOfPairsVjp(muQ, logvarQ, muP, logvarP, i => C(weightRepresentation) * g[i / d], i => C(weightDynamics) * g[i / d]);
    }

    public Tensor TemperatureLogvar(Tensor logvar, double temperature)
    {
        var values = Values(logvar);
        return Like(logvar, i => style.OtherIdentities
            ? values[i] + T.Log(Square(C(temperature)))
            : style.Kl == KlForm.BySigma ? C(2) * T.Log(Sigma(values[i]) * C(temperature)) : values[i] + (C(2) * T.Log(C(temperature))));
    }

    public Tensor TemperatureLogvarVjp(Tensor logvar, double temperature, Tensor dTempered)
    {
        var g = Values(dTempered);
        return Like(logvar, i => g[i]);
    }

    /// <summary>The logistic function by its exponential: a half plus half a tanh loses the digits of a small gate.</summary>
    private static T Gate(T value) => T.One / (T.One + T.Exp(-value));
}

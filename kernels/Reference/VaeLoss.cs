using LatentConformance.Contract;

namespace LatentConformance.Reference;

// loss = reconstruction + β · KL to N(0, I), a value a sample; the two parts are reported beside it, unweighted.
public sealed partial class ReferenceKernels
{
    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLoss(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) =>
        Joined(x, xHat, mu, logvar, beta, SquaredErrorOf);

    public (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) =>
        JoinedVjp(x, xHat, mu, logvar, beta, dLoss, SquaredErrorSlope);

    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLossBce(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta)
    {
        RefuseUnlessProbabilities(x, xHat);
        return Joined(x, xHat, mu, logvar, beta, BceOf);
    }

    public (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossBceVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss)
    {
        RefuseUnlessProbabilities(x, xHat);
        return JoinedVjp(x, xHat, mu, logvar, beta, dLoss, BceSlope);
    }

    private (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) Joined(
        Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Func<double, double, Real> term)
    {
        RefuseUnlessOneBatch(x, xHat, mu, logvar, beta);
        var (samples, pixels) = SamplesOf(x);
        var (_, latents) = SamplesOf(mu);
        var reconstruction = Answers.Each(samples, b => SumOverSample(x, xHat, b, pixels, term));
        var kl = Answers.Each(samples, b =>
            KlOfSample(mu, logvar, b, latents).Knowing(CarefulKlOfSample(mu, logvar, b, latents).Value));

        // Means weigh the two terms differently, so under "mean" each part is reduced by its own size before they join.
        var parts = conventions.Reduce == "none"
            ? (Reconstruction: reconstruction, Kl: kl)
            : (Reconstruction: [ReducedPart(reconstruction, pixels)], Kl: [ReducedPart(kl, latents)]);
        int[] shape = conventions.Reduce == "none" ? [samples] : [];
        return (
            Answers.Floats(shape, [.. parts.Reconstruction.Zip(parts.Kl, (r, k) => r + (beta * k))]),
            Answers.Floats(shape, parts.Reconstruction),
            Answers.Floats(shape, parts.Kl));
    }

    private (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) JoinedVjp(
        Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss, Func<double, double, Real> slope)
    {
        RefuseUnlessOneBatch(x, xHat, mu, logvar, beta);
        var (samples, latents) = SamplesOf(mu);
        Real Weighted(int i) => beta * conventions.Spread(dLoss, i / latents, samples, latents);
        return (
            PerSampleVjp(x, xHat, dLoss, slope),
            Answers.Like(mu, i => Weighted(i) * mu[i]),
            PastTheClamp(Answers.Like(mu, i => Weighted(i) * KlSlope(logvar[i])), logvar));
    }

    private Real ReducedPart(Real[] perSample, int elements)
    {
        var reduced = conventions.Reduce(perSample, elements);
        return new Real(reduced[0], reduced.Tolerance!.Ordinary[0], reduced.Tolerance.Peak);
    }

    private static void RefuseUnlessOneBatch(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta)
    {
        Refuse.UnlessSameShape(x, xHat);
        Refuse.UnlessSameShape(mu, logvar);
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        if (x.Shape[0] != mu.Shape[0])
        {
            throw new RefusalException($"x has {x.Shape[0]} samples and mu {mu.Shape[0]}");
        }
    }
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>KL between two Gaussians: which is which, and what is divided by what.</summary>
internal static class KlGaussiansMistakes
{
    private delegate Traced Term(Traced muQ, Traced lq, Traced muP, Traced lp);

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("KL25", "arguments-swapped", "Modes are sought where mass should be covered.", "Pass q first: the expectation is over q.", "kumar-shridhar/PyTorch-BayesianCNN#73")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => Right(mp, lp, mq, lq))),
        .. new Wrong("KL25a", "shift-over-q-variance", "Sharp posteriors are punished for any shift.", "Divide the squared shift by the variance of p.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * (lp - lq + Exp(lq - lp) + (Square(mq - mp) / Exp(lq)) - 1))),
        .. new Wrong("KL25b", "log-ratio-sign", "Wide posteriors are punished twice.", "Add log var_p and subtract log var_q.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * (lq - lp + Exp(lq - lp) + (Square(mq - mp) / Exp(lp)) - 1))),
        .. new Wrong("KL25c", "ratio-inverted", "The variance ratio is upside down.", "Divide the variance of q by that of p.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * (lp - lq + Exp(lp - lq) + (Square(mq - mp) / Exp(lp)) - 1))),
        .. new Wrong("KL25d", "shift-not-divided", "The width of p does not matter to the shift.", "Divide the squared shift by the variance of p.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * (lp - lq + Exp(lq - lp) + Square(mq - mp) - 1))),
        .. new Wrong("KL25e", "means-added", "Equal means cost something.", "Take the difference of the means.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => Right(mq, lq, -mp, lp))),
        .. new Wrong("KL25f", "prior-mean-ignored", "Means are pulled to zero whatever p is.", "Subtract the mean of p.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => Right(mq, lq, 0, lp))),
        .. new Wrong("KL20a", "prior-variance-ignored", "p counts as a unit Gaussian.", "Use the log-variance of p.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => Right(mq, lq, mp, 0))),
        .. new Wrong("KL12a", "half-missing-of-two", "Every value is twice what it is.", "Multiply the sum by 1/2.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 2 * Right(mq, lq, mp, lp))),
        .. new Wrong("KL13c", "shift-not-squared", "The pull towards p has constant strength.", "Square the shift.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * (lp - lq + Exp(lq - lp) + (Abs(mq - mp) / Exp(lp)) - 1))),
        .. new Wrong("KL08c", "sigmas-for-variances", "The ratio is of sigmas, and the minimum is off.", "Use e^logvar, not e^(logvar/2).", "DaehanKim/vgae_pytorch#2")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * (lp - lq + Exp(0.5 * (lq - lp)) + (Square(mq - mp) / Exp(0.5 * lp)) - 1))),
        .. new Wrong("KL26a", "log-ratio-of-sigmas", "Equal means with unlike variances may come out negative.", "Use the whole log-variances: log sigma is half of them.")
            .Both("kl_gaussians", Of((mq, lq, mp, lp) => 0.5 * ((0.5 * (lp - lq)) + Exp(lq - lp) + (Square(mq - mp) / Exp(lp)) - 1))),
        new Wrong("KL05c", "constant-missing-of-two", "Equal Gaussians cost half a nat a dimension.", "Subtract one in every dimension.", "ericjang/draw#2")
            .Value("kl_gaussians", Of((mq, lq, mp, lp) => Right(mq, lq, mp, lp) + 0.5)),
        .. new Wrong("KL31c", "mean-over-latents-of-two", "The pull weakens as the latent widens.", "Sum over the latent axis; do not average it.")
            .Both("kl_gaussians", Of(Right, mean: true)),
        .. new Wrong("EL10b", "two-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("kl_gaussians", BatchMean(Of(Right))),
        new Wrong("KL25g", "prior-detached", "A learned prior never learns.", "Let the gradient reach p too.")
            .Gradient("kl_gaussians", Of((mq, lq, mp, lp) => Right(mq, lq, mp.Detached, lp.Detached))),
        new Wrong("KL25h", "posterior-detached", "The encoder gets no gradient from the KL.", "Let the gradient reach q too.")
            .Gradient("kl_gaussians", Of((mq, lq, mp, lp) => Right(mq.Detached, lq.Detached, mp, lp))),
    ];

    private static Traced Right(Traced muQ, Traced lq, Traced muP, Traced lp) =>
        0.5 * (lp - lq + Exp(lq - lp) + (Square(muQ - muP) / Exp(lp)) - 1);

    private static Formula Of(Term term, bool mean = false) => Gives("kl", inputs =>
    {
        var (muQ, lq, muP, lp) = (inputs["mu_q"], inputs["logvar_q"], inputs["mu_p"], inputs["logvar_p"]);
        return muQ.PerRow(b => Sum(muQ.Columns, j => term(muQ[b, j], lq[b, j], muP[b, j], lp[b, j])) / (mean ? muQ.Columns : 1));
    });
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Importance weights of draws: terms that count twice, or not, or with the other sign. The last column is the second group.</summary>
internal static class ImportanceMistakes
{
    private const string Operation = "importance_log_weights";

    /// <summary>Of one draw: log p(x|z); log p(z_d) − log q(z_d|x) in every column, the last one also at its mean; each column's closed KL.</summary>
    private sealed record Pieces(Traced Likelihood, Traced[] Prior, Traced[] Posterior, Traced[] Kl, Traced LastRatioAtMean)
    {
        public Traced Ratio => Sum(Prior) - Sum(Posterior);

        public Traced LastRatio => Prior[^1] - Posterior[^1];
    }

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("IW15", "second-group-twice-and-not-drawn", "The marginal likelihood is wrong wherever the second group says something.", "Take the likelihood without a KL, and draw every group.", "scverse/scvi-tools#369")
            .Both(Operation, Weighed(p => p.Likelihood - p.Kl[^1] + p.Ratio - p.LastRatio + p.LastRatioAtMean)),
        .. new Wrong("IW15a", "likelihood-with-a-kl-in-it", "The KL of the second group counts twice.", "Take the likelihood without a KL.", "scverse/scvi-tools#369")
            .Both(Operation, Weighed(p => p.Likelihood - p.Kl[^1] + p.Ratio)),
        .. new Wrong("IW15b", "second-group-not-drawn", "The weights ignore the width of the second group.", "Draw every group.", "scverse/scvi-tools#370")
            .Both(Operation, Weighed(p => p.Likelihood + p.Ratio - p.LastRatio + p.LastRatioAtMean)),
        .. new Wrong("IW15c", "second-group-left-out", "The marginal likelihood is too good.", "Count every group.")
            .Both(Operation, Weighed(p => p.Likelihood + p.Ratio - p.LastRatio)),
        .. new Wrong("IW15d", "densities-turned", "The weights favour draws that the prior dislikes.", "Add log p and subtract log q.")
            .Both(Operation, Weighed(p => p.Likelihood - p.Ratio)),
        .. new Wrong("IW15e", "prior-left-out", "Draws far from the prior cost nothing.", "Add log p(z).")
            .Both(Operation, Weighed(p => p.Likelihood - Sum(p.Posterior))),
        .. new Wrong("IW15f", "posterior-left-out", "The joint density is taken for a weight.", "Subtract log q(z|x).")
            .Both(Operation, Weighed(p => p.Likelihood + Sum(p.Prior))),
        .. new Wrong("IW15g", "closed-kl-in-the-weights", "No tighter than the ELBO.", "Use the densities at each draw, not their mean.")
            .Both(Operation, Weighed(p => p.Likelihood - Sum(p.Kl))),
        .. new Wrong("IW15h", "cost-for-likelihood", "The worst draws get the most weight.", "Pass log p(x|z), not its negative.")
            .Both(Operation, Weighed(p => p.Ratio - p.Likelihood)),
        .. new Wrong("IW15i", "ratio-averaged-over-latents", "The latent counts too little, the less the wider it is.", "Sum over the columns.")
            .Both(Operation, Weighed(p => p.Likelihood + (p.Ratio / p.Prior.Length))),
        .. new Wrong("IW15j", "likelihood-left-out", "The weights ignore the data.", "Add log p(x|z).")
            .Both(Operation, Weighed(p => p.Ratio)),
        .. new Wrong("EL10", "draws-averaged-first", "All draws of a sample weigh alike.", "Keep the draws apart until the bound.")
            .Both(Operation, i => Weighed(p => p.Likelihood + p.Ratio)(i).ToDictionary(o => o.Key, o =>
            {
                var lw = o.Value;
                Traced[] means = [.. Enumerable.Range(0, lw.Rows).Select(b => Sum(lw.Columns, k => lw[b, k]) / lw.Columns)];
                return lw.Like(e => means[e / lw.Columns]);
            })),
        new Wrong("KL05g", "weights-two-pi-once", "Off by 0.92 nats a latent.", "The constant is in both densities and cancels.")
            .Value(Operation, Weighed(p => p.Likelihood + p.Ratio - (0.5 * p.Prior.Length * Math.Log(2 * Math.PI)))),
        new Wrong("IW15k", "weights-posterior-detached", "The encoder learns through the draws alone.", "Let the gradient reach the posterior's parameters.")
            .Gradient(Operation, Weighed(p => p.Likelihood + p.Ratio, detached: true)),
        new Wrong("EL23", "weights-shapes-broadcast", "One posterior serves all samples in silence.", "Refuse shapes that differ.")
            .Unrefused(Operation, i => Wrong.One("log_weights", i["log_likelihood"])),
    ];

    private static Formula Weighed(Func<Pieces, Traced> weight, bool detached = false) => Elements("log_weights", "log_likelihood", (i, e) =>
    {
        var (draws, width) = (i["log_likelihood"].Columns, i["mu"].Columns);
        var sample = e / draws;
        Traced Mu(int d) => detached ? i["mu"][sample, d].Detached : i["mu"][sample, d];
        Traced Logvar(int d) => detached ? i["logvar"][sample, d].Detached : i["logvar"][sample, d];
        Traced[] Columns(Func<int, Traced> column) => [.. Enumerable.Range(0, width).Select(column)];
        Traced Z(int d) => i["z"][(e * width) + d];
        return weight(new Pieces(
            i["log_likelihood"][e],
            Columns(d => Normal(Z(d), 0, 0)),
            Columns(d => Normal(Z(d), Mu(d), Logvar(d))),
            Columns(d => KlMistakes.RightTerm(Mu(d), Logvar(d))),
            Normal(Mu(width - 1), 0, 0) - Normal(Mu(width - 1), Mu(width - 1), Logvar(width - 1))));
    });

    private static Traced Normal(Traced z, Traced mu, Traced logvar) => -0.5 * (Math.Log(2 * Math.PI) + logvar + (Square(z - mu) / Exp(logvar)));
}

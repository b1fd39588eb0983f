using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Latents in levels: whose precision weighs what, what a residual is added to, where a gradient stops.</summary>
internal static class HierarchyMistakes
{
    private delegate (Traced Mu, Traced Logvar) Merge(Traced muA, Traced la, Traced muB, Traced lb);

    private delegate Traced Term(Traced deltaMu, Traced deltaLogvar, Traced logvarP);

    private delegate Traced Balance(Func<bool, bool, Traced> kl, Traced dynamics, Traced representation);

    public static IEnumerable<Mistake> All => [.. Merged, .. Residual, .. FreeBits, .. Balancing, .. Tempered, .. Refusals];

    private static IEnumerable<Mistake> Merged =>
    [
        .. new Wrong("HV03", "merge-takes-bottom-up", "The top-down path is not trained.", "Use the merged posterior, not the encoder's own.", "AntixK/PyTorch-VAE#25")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (ma, la))),
        .. new Wrong("HV03a", "merge-takes-top-down", "The encoder has no say in the posterior.", "Use the merged posterior, not the prior.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (mb, lb))),
        .. new Wrong("HV04", "merge-by-variances", "The noisier of the two is trusted.", "Weigh the means by precision, not by variance.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (((ma * Exp(la)) + (mb * Exp(lb))) / (Exp(la) + Exp(lb)), RightLogvar(la, lb)))),
        .. new Wrong("HV04a", "merge-by-plain-average", "Certainty counts for nothing.", "Weigh the means by precision.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (0.5 * (ma + mb), RightLogvar(la, lb)))),
        .. new Wrong("HV04b", "merge-by-sigmas", "The more certain of the two is trusted too little.", "Weigh by 1/sigma^2, not by 1/sigma.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, 0.5 * la, mb, 0.5 * lb), RightLogvar(la, lb)))),
        .. new Wrong("HV04c", "merge-not-normalised", "The mean grows with the certainty.", "Divide by the sum of the precisions.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => ((ma * Exp(-la)) + (mb * Exp(-lb)), RightLogvar(la, lb)))),
        .. new Wrong("HV05", "merged-variance-averaged", "The posterior is too wide.", "Add precisions; do not average variances.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la, mb, lb), Log(0.5 * (Exp(la) + Exp(lb)))))),
        .. new Wrong("HV05a", "merged-variance-multiplied", "Right only where the variances add up to one.", "Divide the product of the variances by their sum.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la, mb, lb), la + lb))),
        .. new Wrong("HV05b", "merged-precision-for-variance", "The surer the two are, the wider the posterior.", "Take the inverse of the summed precisions.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la, mb, lb), -RightLogvar(la, lb)))),
        new Wrong("HV05c", "merged-variances-added", "As of a sum of two variables, not of two opinions.", "Add precisions, not variances.")
            .Value("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la, mb, lb), Log(Exp(la) + Exp(lb))))),
        .. new Wrong("HV05d", "merged-logvars-averaged", "No certainty is gained by a second opinion.", "Add precisions, not log-variances.")
            .Both("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la, mb, lb), 0.5 * (la + lb)))),
        new Wrong("HV03b", "merge-weights-detached", "Variances learn nothing from the merged mean.", "Let the gradient flow through the precisions.")
            .Gradient("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la.Detached, mb, lb.Detached), RightLogvar(la, lb)))),
        new Wrong("HV03c", "merge-top-down-detached", "The top-down path is not trained.", "Let the gradient reach both sides.", "AntixK/PyTorch-VAE#25")
            .Gradient("gaussian_merge", Merging((ma, la, mb, lb) => (RightMean(ma, la, mb.Detached, lb.Detached), RightLogvar(la, lb.Detached)))),
    ];

    private static IEnumerable<Mistake> Residual =>
    [
        .. new Wrong("HV02", "residual-not-added-to-prior", "The bottom levels ignore the prior's width.", "Add the prior's log-variance to the residual one.")
            .Both("kl_residual", Residuals((dm, dl, lp) => 0.5 * ((dm * dm / Exp(lp)) + Exp(dl - lp) - (dl - lp) - 1))),
        .. new Wrong("HV02a", "residual-shift-not-divided", "A narrow prior allows any shift.", "Divide the squared shift by the prior's variance.")
            .Both("kl_residual", Residuals((dm, dl, lp) => RightResidual(dm, dl, 0))),
        .. new Wrong("HV02b", "residual-shift-over-posterior", "A narrow posterior is punished for any shift.", "Divide by the variance of the prior, not of the posterior.")
            .Both("kl_residual", Residuals((dm, dl, lp) => RightResidual(dm, dl, lp) + (0.5 * dm * dm * (Exp(-lp - dl) - Exp(-lp))))),
        .. new Wrong("HV02c", "residual-shift-over-sigma", "Narrow priors punish a shift too little.", "Divide by the variance, not by sigma.")
            .Both("kl_residual", Residuals((dm, dl, lp) => RightResidual(dm, dl, 0.5 * lp))),
        .. new Wrong("HV02d", "residual-as-log-sigma", "Too strong wherever the widths differ.", "The residual is of the log-variance: do not double it.")
            .Both("kl_residual", Residuals((dm, dl, lp) => RightResidual(dm, 2 * dl, lp))),
        .. new Wrong("HV02e", "residual-half-missing", "Every value is twice what it is.", "Multiply the sum by 1/2.")
            .Both("kl_residual", Residuals((dm, dl, lp) => 2 * RightResidual(dm, dl, lp))),
        .. new Wrong("HV12", "residual-kl-averaged", "Fine levels count as little as coarse ones.", "Sum each level over all of its elements.")
            .Both("kl_residual", Times(Residuals(RightResidual), i => 1.0 / i["delta_mu"].Columns)),
        .. new Wrong("EL10", "residual-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("kl_residual", BatchMean(Residuals(RightResidual))),
        new Wrong("HV02f", "residual-prior-detached", "The prior's width never learns.", "Let the gradient reach the prior.")
            .Gradient("kl_residual", Residuals((dm, dl, lp) => RightResidual(dm, dl, lp.Detached))),
    ];

    private static IEnumerable<Mistake> FreeBits =>
    [
        .. new Wrong("HV06", "floor-after-rescaling", "The KL sits at the floor, whatever it is.", "Apply the floor to raw nats, and scale afterwards.", "CAREamics PR277")
            .Both("free_bits", Floored((kl, floor, groups) => Largest(kl / groups, floor))),
        new Wrong("HV06a", "floor-subtracted", "Free nats are taken off the loss.", "Take the larger of the two; the floor itself stays in the loss.")
            .Value("free_bits", Floored((kl, floor, _) => Largest(kl - floor, 0))),
        .. new Wrong("HV06b", "floor-as-ceiling", "Informative groups are no longer regularised.", "Take the larger of the two, not the smaller.")
            .Both("free_bits", Floored((kl, floor, _) => -Largest(-kl, -floor))),
        new Wrong("HV06c", "floor-missing", "Groups collapse one by one.", "Take the larger of the KL and the floor.")
            .Value("free_bits", Floored((kl, _, _) => kl)),
        .. new Wrong("HV06d", "floor-for-the-sum", "One busy group pays for all the dead ones.", "Apply the floor to each group before the sum.")
            .Both("free_bits", Gives("loss", i => i["kl"].PerRow(b => Largest(Sum(i["kl"].Columns, g => i["kl"][b, g]), i["floor"][0] * i["kl"].Columns)))),
        .. new Wrong("HV06e", "floored-groups-averaged", "The loss falls with the number of groups.", "Sum over the groups.")
            .Both("free_bits", Floored((kl, floor, groups) => Largest(kl, floor) / groups)),
        .. new Wrong("HV06f", "floor-per-batch", "A sample pays for another's silence.", "This operation's floor holds for each sample; that of the batch mean is another.")
            .Both("free_bits", Gives("loss", i => i["kl"].PerRow(_ => Sum(i["kl"].Columns, g => Largest(
                Sum(i["kl"].Rows, b => i["kl"][b, g]) / i["kl"].Rows, i["floor"][0]))))),
        .. new Wrong("HV11", "top-level-omitted", "The ELBO is too good.", "Sum over all levels, the top one included.")
            .Both("free_bits", Gives("loss", i => i["kl"].PerRow(b => Sum(Math.Max(i["kl"].Columns - 1, 0), g => Largest(i["kl"][b, g + 1], i["floor"][0]))))),
        new Wrong("HV09", "floor-uncut", "The floor has no effect on training.", "Cut the gradient of a group below its floor.")
            .Gradient("free_bits", Floored((kl, floor, _) => Through(kl, Math.Max(kl.Value, floor.Value)))),
        new Wrong("NU11", "floor-swallows-nan", "A divergence is hidden behind the floor.", "Let NaN through: use a maximum that does.")
            .Value("free_bits", Floored((kl, floor, _) => kl.Value > floor.Value ? kl : floor)),
    ];

    private static IEnumerable<Mistake> Balancing =>
    [
        new Wrong("HV13", "balance-stops-the-wrong-side", "The posterior is pulled to the prior instead of the reverse.", "Hold q in the dynamics term and p in the representation term.")
            .Gradient("kl_balancing", Balanced((kl, wd, wr) => (wd * kl(false, true)) + (wr * kl(true, false)))),
        new Wrong("HV13a", "balance-stops-nothing", "Both sides are pulled with the sum of the weights.", "Hold one side in each term.")
            .Gradient("kl_balancing", Balanced((kl, wd, wr) => (wd + wr) * kl(false, false))),
        new Wrong("HV13b", "balance-stops-q-twice", "The encoder gets no gradient.", "Hold q in the dynamics term only.")
            .Gradient("kl_balancing", Balanced((kl, wd, wr) => (wd + wr) * kl(true, false))),
        .. new Wrong("HV13c", "balance-dynamics-absent", "The prior does not learn.", "Add the dynamics term.")
            .Both("kl_balancing", Balanced((kl, wd, wr) => wr * kl(false, true))),
        .. new Wrong("HV13d", "balance-weights-normalised", "The scale of the KL is lost.", "Use the weights as they are given.")
            .Both("kl_balancing", Balanced((kl, wd, wr) => ((wd * kl(true, false)) + (wr * kl(false, true))) / (wd + wr))),
        new Wrong("HV13e", "balance-by-one-minus", "Only one of the two weights counts.", "Use both weights: they need not add up to one.")
            .Gradient("kl_balancing", Balanced((kl, wd, wr) => (wd * kl(true, false)) + ((1 - wd) * kl(false, true)))),
    ];

    private static IEnumerable<Mistake> Tempered =>
    [
        .. new Wrong("HV15", "logvar-times-temperature", "Unit variances do not cool at all.", "Add 2 log T to the log-variance.")
            .Both("temperature_logvar", Tempering((lv, t) => lv * t)),
        new Wrong("HV15a", "temperature-on-the-variance", "Samples cool by the root of the temperature only.", "Sigma is multiplied, so the variance by the square: add 2 log T.")
            .Value("temperature_logvar", Tempering((lv, t) => lv + Log(t))),
        new Wrong("HV15b", "temperature-divides", "Low temperatures heat.", "Multiply sigma by T.")
            .Value("temperature_logvar", Tempering((lv, t) => lv - (2 * Log(t)))),
        new Wrong("HV15c", "temperature-added", "A temperature of one is not the model.", "Take the logarithm of the temperature.")
            .Value("temperature_logvar", Tempering((lv, t) => lv + t)),
        new Wrong("HV15d", "temperature-ignored", "Samples are equally varied at every temperature.", "Add 2 log T.")
            .Value("temperature_logvar", Tempering((lv, _) => lv)),
        new Wrong("HV15e", "tempered-detached", "The variance learns nothing through a tempered sample.", "Let the gradient pass.")
            .Gradient("temperature_logvar", Tempering((lv, _) => lv.Detached)),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("NU15", "floor-unchecked", "A floor of NaN poisons the loss in silence.", "Refuse a floor that is not finite and not negative.")
            .Unrefused("free_bits", i => Wrong.One("loss", Rows(i["kl"]))),
        new Wrong("NU15", "balance-unchecked", "A weight of NaN poisons the loss in silence.", "Refuse weights that are not finite and not negative.")
            .Unrefused("kl_balancing", i => Wrong.One("loss", Rows(i["mu_q"]))),
        new Wrong("NU15", "temperature-unchecked", "A temperature of zero answers minus infinity.", "Refuse a temperature that is not positive.")
            .Unrefused("temperature_logvar", i => Wrong.One("tempered", Wrong.Map(i["logvar"], _ => double.NegativeInfinity))),
        new Wrong("EL23", "merge-shapes-broadcast", "One prior is merged into all samples in silence.", "Refuse shapes that differ.")
            .Unrefused("gaussian_merge", i => new Dictionary<string, Tensor> { ["mu"] = i["mu_a"], ["logvar"] = i["logvar_a"] }),
        new Wrong("EL23", "residual-shapes-broadcast", "One prior serves all samples in silence.", "Refuse shapes that differ.")
            .Unrefused("kl_residual", i => Wrong.One("kl", Rows(i["delta_mu"]))),
    ];

    private static Traced RightMean(Traced ma, Traced la, Traced mb, Traced lb) => ((ma * Exp(-la)) + (mb * Exp(-lb))) / (Exp(-la) + Exp(-lb));

    private static Traced RightLogvar(Traced la, Traced lb) => -Log(Exp(-la) + Exp(-lb));

    private static Traced RightResidual(Traced dm, Traced dl, Traced lp) => 0.5 * ((dm * dm / Exp(lp)) + Exp(dl) - dl - 1);

    private static Traced Largest(Traced a, Traced b) => a.Value >= b.Value || double.IsNaN(a.Value) ? a : b;

    private static Formula Merging(Merge merge) => i =>
    {
        (Traced Mu, Traced Logvar) At(int e) => merge(i["mu_a"][e], i["logvar_a"][e], i["mu_b"][e], i["logvar_b"][e]);
        return new Dictionary<string, Grid> { ["mu"] = i["mu_a"].Like(e => At(e).Mu), ["logvar"] = i["mu_a"].Like(e => At(e).Logvar) };
    };

    private static Formula Residuals(Term term) => Gives("kl", i => i["delta_mu"].PerRow(b =>
        Sum(i["delta_mu"].Columns, j => term(i["delta_mu"][b, j], i["delta_logvar"][b, j], i["logvar_p"][b, j]))));

    private static Formula Floored(Func<Traced, Traced, int, Traced> term) => Gives("loss", i => i["kl"].PerRow(b =>
        Sum(i["kl"].Columns, g => term(i["kl"][b, g], i["floor"][0], i["kl"].Columns))));

    /// <param name="join">Of the KL with q, with p held constant, and of the two weights.</param>
    private static Formula Balanced(Balance join) => Gives("loss", i => i["mu_q"].PerRow(b =>
    {
        Traced Held(string name, int j, bool held) => held ? i[name][b, j].Detached : i[name][b, j];
        return join(
            (q, p) => Sum(i["mu_q"].Columns, j =>
            {
                var (lq, lp) = (Held("logvar_q", j, q), Held("logvar_p", j, p));
                return 0.5 * (lp - lq + Exp(lq - lp) + (Square(Held("mu_q", j, q) - Held("mu_p", j, p)) / Exp(lp)) - 1);
            }),
            i["weight_dynamics"][0],
            i["weight_representation"][0]);
    }));

    private static Formula Tempering(Func<Traced, Traced, Traced> term) => Elements("tempered", "logvar", (i, e) => term(i["logvar"][e], i["temperature"][0]));

    private static Tensor Rows(Tensor like) => new([like.Shape[0]], [.. Enumerable.Repeat(double.NaN, like.Shape[0])]);
}

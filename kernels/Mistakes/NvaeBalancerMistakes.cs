using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Coefficients of the groups of a hierarchy: their scale, their weights, and whether they learn.</summary>
internal static class NvaeBalancerMistakes
{
    private const string Operation = "nvae_kl_balancer";

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("HV14", "coefficients-not-normalised", "The weight of the whole KL changes with the groups.", "Divide the coefficients by their mean.", "NVlabs/NVAE#26")
            .Both(Operation, Balanced((use, alpha) => Each(use, m => use[m] / alpha[m]))),
        new Wrong("HV14", "coefficients-learn", "The gradient of a group depends on the use of all others.", "Hold the coefficients constant.", "NVlabs/NVAE#26")
            .Gradient(Operation, Balanced(Right, detached: false)),
        .. new Wrong("HV14a", "coefficients-sum-to-one", "The KL is too weak by the number of groups.", "Divide by the mean, not by the sum.")
            .Both(Operation, Balanced((use, alpha) => Each(use, m => Right(use, alpha)[m] / use.Length))),
        .. new Wrong("HV14b", "coefficients-times-total", "The weight of the KL grows with the KL.", "The total falls out when the coefficients are divided by their mean: divide.")
            .Both(Operation, Balanced((use, alpha) => Each(use, m => use[m] / alpha[m] * Sum(use)))),
        .. new Wrong("HV14c", "alpha-multiplied", "Large groups are held back the most.", "Divide by alpha.")
            .Both(Operation, Balanced((use, alpha) => Right(use, Each(alpha, m => 1 / alpha[m])))),
        .. new Wrong("HV14d", "alpha-ignored", "Coarse and fine groups are balanced alike.", "Divide by alpha.")
            .Both(Operation, Balanced((use, _) => Right(use, Each(use, _ => 1)))),
        .. new Wrong("HV14e", "least-use-missing", "A silent group is not pulled at all.", "Add 0.01 to the mean magnitude.")
            .Both(Operation, Balanced((use, alpha) => Right(Each(use, m => use[m] - 0.01), alpha))),
        .. new Wrong("HV14f", "magnitude-missing", "One-sample estimates of opposite sign cancel.", "Average the magnitudes.")
            .Both(Operation, Balanced(Right, kl => kl)),
        .. new Wrong("HV14g", "magnitude-after-the-mean", "One-sample estimates of opposite sign cancel.", "Average the magnitudes.")
            .Both(Operation, Balanced(Right, kl => kl, Abs)),
        .. new Wrong("HV14h", "coefficients-of-each-sample", "Coefficients are noise.", "Average the use over the batch.")
            .Both(Operation, Gives("loss", i => i["kl"].PerRow(b => Loss(i, b, Right(Each(i["alpha"].Count, m => Abs(i["kl"][b, m]) + 0.01), Weights(i)))))),
        .. new Wrong("HV14i", "silent-groups-weigh-most", "Groups in use are let go.", "Coefficients grow with the use.")
            .Both(Operation, Balanced((use, alpha) => Right(Each(use, m => 1 / use[m]), alpha))),
        .. new Wrong("HV14j", "groups-not-balanced", "The groups that carry most keep growing.", "Weigh the groups.")
            .Both(Operation, Balanced((use, _) => Each(use, _ => 1))),
        .. new Wrong("EL10", "balanced-batch-mean-for-each", "All samples report one and the same loss.", "Average the coefficients' use over the batch, not the loss.")
            .Both(Operation, BatchMean(Balanced(Right))),
        new Wrong("NU15", "alpha-unchecked", "A group of weight zero takes all the loss.", "Refuse weights that are not positive, or not one a group.")
            .Unrefused(Operation, i => Wrong.One("loss", new Tensor([i["kl"].Shape[0]], [.. Enumerable.Repeat(double.NaN, i["kl"].Shape[0])]))),
    ];

    private static Traced[] Right(Traced[] use, Traced[] alpha)
    {
        var weighed = Each(use, m => use[m] / alpha[m]);
        return Each(use, m => weighed[m] / (Sum(weighed) / use.Length));
    }

    private static Formula Balanced(
        Func<Traced[], Traced[], Traced[]> coefficients, Func<Traced, Traced>? size = null, Func<Traced, Traced>? after = null, bool detached = true) => Gives("loss", i =>
    {
        var kl = i["kl"];
        Traced Use(int m) => Sum(kl.Rows, b => (size ?? Abs)(kl[b, m])) / kl.Rows;
        var factors = coefficients(Each(i["alpha"].Count, m => (after is null ? Use(m) : after(Use(m))) + 0.01), Weights(i));
        return kl.PerRow(b => Loss(i, b, factors, detached));
    });

    private static Traced Loss(Grids inputs, int sample, Traced[] factors, bool detached = true) =>
        Sum(factors.Length, m => (detached ? factors[m].Detached : factors[m]) * inputs["kl"][sample, m]);

    private static Traced[] Weights(Grids inputs) => Each(inputs["alpha"].Count, m => inputs["alpha"][m]);

    private static Traced[] Each(Traced[] like, Func<int, Traced> element) => Each(like.Length, element);

    private static Traced[] Each(int count, Func<int, Traced> element) => [.. Enumerable.Range(0, count).Select(element)];
}

using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>The three parts of the sampled KL: constants, axes and names that the sum of the parts does not show.</summary>
internal static class TcDecompositionMistakes
{
    private const string Operation = "tc_decomposition";

    /// <summary>Of one draw: log q(z|x), log Σ_j q(z|x_j) and Σ_d log Σ_j q(z_d|x_j) before their constants, log p(z).</summary>
    private sealed record Pieces(Traced Own, Traced Joint, Traced Marginals, Traced Prior, int Latents, int Batch, double Data)
    {
        public double Constant => Math.Log(Data * Batch);
    }

    private delegate Traced LogSum(IEnumerable<Traced> terms);

    private delegate Traced Density(Traced z, Traced mu, Traced logvar);

    public static IEnumerable<Mistake> All =>
    [
        new Wrong("IW08", "minibatch-constant-missing", "Each part is off by a constant, and information seems negative.", "Subtract log(N M) from both estimates, once a dimension in the product.", "YannDubs/disentangling-vae#60")
            .Value(Operation, Constants(_ => 0, _ => 0)),
        new Wrong("IW08a", "constant-once-for-the-product", "The last two parts are off by a constant.", "Subtract log(N M) in every dimension of the product.")
            .Value(Operation, Constants(p => p.Constant, p => p.Constant)),
        new Wrong("IW08b", "data-set-size-missing", "The parts are off by log N.", "Subtract log(N M), not log M.", "YannDubs/disentangling-vae#58")
            .Value(Operation, Constants(p => Math.Log(p.Batch), p => p.Latents * Math.Log(p.Batch))),
        new Wrong("IW08c", "batch-size-missing", "The parts are off by log M.", "Subtract log(N M), not log N.")
            .Value(Operation, Constants(p => Math.Log(p.Data), p => p.Latents * Math.Log(p.Data))),
        new Wrong("IW08d", "joint-constant-missing", "Information and total correlation are off by a constant.", "Subtract log(N M) from the joint estimate too.")
            .Value(Operation, Constants(_ => 0, p => p.Latents * p.Constant)),
        new Wrong("IW08e", "marginal-constant-missing", "The last two parts are off by a constant.", "Subtract log(N M) from each marginal too.")
            .Value(Operation, Constants(p => p.Constant, _ => 0)),
        new Wrong("IW08f", "constants-added", "The parts are off by twice the constant.", "Subtract log(N M).")
            .Value(Operation, Constants(p => -p.Constant, p => -p.Latents * p.Constant)),
        .. new Wrong("IW08g", "aggregate-over-the-draws", "The density of other draws under this posterior is summed.", "Sum over the posteriors, at this draw.")
            .Both(Operation, Parts(Right, Shifted, Normal, overDraws: true)),
        .. new Wrong("IW08h", "total-correlation-turned", "Dependence is rewarded.", "log q(z) less the product, not the reverse.")
            .Both(Operation, Parts(p => Right(p) is var (mi, tc, kl) ? (mi, -tc, kl) : default)),
        .. new Wrong("IW08i", "information-for-correlation", "The wrong part is weighed by beta.", "Return the parts in their order.")
            .Both(Operation, Parts(p => Right(p) is var (mi, tc, kl) ? (tc, mi, kl) : default)),
        .. new Wrong("IW08j", "marginals-joined-first", "The total correlation is a constant.", "Take log-sum-exp in each dimension before the sum over them.")
            .Both(Operation, Parts(p => Right(p with { Marginals = p.Joint }))),
        .. new Wrong("IW08k", "closed-form-in-the-parts", "The parts no longer sum to the sampled KL.", "Evaluate log q(z|x) at the draw.")
            .Both(Operation, Parts(p => Right(p with { Own = p.Prior }))),
        .. new Wrong("IW08l", "aggregate-averages-logs", "The aggregate is narrower than any posterior.", "Average densities, not their logarithms.")
            .Both(Operation, Parts(Right, terms => Sum(terms), Normal)),
        .. new Wrong("IW08m", "correlation-with-the-prior", "All of the KL but the information is called total correlation.", "The product of the marginals, not the prior, ends the middle part.")
            .Both(Operation, Parts(p => Right(p) is var (mi, tc, kl) ? (mi, tc + kl, kl) : default)),
        .. new Wrong("KL08e", "parts-variance-is-sigma", "Narrow posteriors are taken for wide ones.", "Divide by the variance, not by sigma.")
            .Both(Operation, Parts(Right, Shifted, (z, mu, lv) => -0.5 * (Math.Log(2 * Math.PI) + lv + (Square(z - mu) / Exp(0.5 * lv))))),
        new Wrong("KL05f", "two-pi-missing-in-q", "The last part is off by 0.92 nats a latent.", "Keep the constant in both densities or in none.")
            .Value(Operation, Parts(p => Right(p with { Prior = p.Prior + (-0.5 * p.Latents * Math.Log(2 * Math.PI)) }))),
        new Wrong("NU01", "aggregate-without-shift", "Infinite for draws far from every mean.", "Take the largest term out before the exponential.")
            .Value(Operation, Parts(Right, terms => Log(Sum(terms.Select(Exp))), Normal)),
        new Wrong("NU01", "aggregate-without-shift-in-slope", "NaN for draws far from every mean.", "Take the largest term out before the exponential.")
            .Gradient(Operation, Parts(Right, terms => Log(Sum(terms.Select(Exp))), Normal)),
        new Wrong("IW08n", "aggregate-detached", "The parts pull as the whole KL does.", "Let the gradient flow through q(z).")
            .Gradient(Operation, Parts(p => Right(p with { Joint = p.Joint.Detached, Marginals = p.Marginals.Detached }))),
        .. new Wrong("EL10", "parts-batch-mean-for-each", "All samples report the same parts.", "Keep the batch axis out of the parts.")
            .Both(Operation, BatchMean(Parts(Right))),
        new Wrong("NU15", "data-set-of-nothing", "The logarithm of zero makes every part infinite.", "Refuse a data set of no size, and shapes that differ.")
            .Unrefused(Operation, i => new[] { "mutual_information", "total_correlation", "dimension_kl" }.ToDictionary(
                o => o, _ => new Tensor([i["z"].Shape[0]], [.. Enumerable.Repeat(double.NaN, i["z"].Shape[0])]))),
    ];

    private static (Traced, Traced, Traced) Right(Pieces p) => With(p, p.Constant, p.Latents * p.Constant);

    private static (Traced, Traced, Traced) With(Pieces p, double joint, double marginals) =>
        (p.Own - (p.Joint - joint), p.Joint - joint - (p.Marginals - marginals), p.Marginals - marginals - p.Prior);

    private static Formula Constants(Func<Pieces, double> joint, Func<Pieces, double> marginals) => Parts(p => With(p, joint(p), marginals(p)));

    private static Formula Parts(Func<Pieces, (Traced, Traced, Traced)> join) => Parts(join, Shifted, Normal);

    private static Formula Parts(Func<Pieces, (Traced Mi, Traced Tc, Traced Kl)> join, LogSum sum, Density density, bool overDraws = false) => i =>
    {
        var (z, mu, lv) = (i["z"], i["mu"], i["logvar"]);
        Traced At(int draw, int posterior, int d) => overDraws
            ? density(z[posterior, d], mu[draw, d], lv[draw, d])
            : density(z[draw, d], mu[posterior, d], lv[posterior, d]);
        var batch = Enumerable.Range(0, z.Rows);
        (Traced Mi, Traced Tc, Traced Kl)[] parts = [.. batch.Select(b => join(new Pieces(
            Sum(z.Columns, d => At(b, b, d)),
            sum(batch.Select(j => Sum(z.Columns, d => At(b, j, d)))),
            Sum(z.Columns, d => sum(batch.Select(j => At(b, j, d)))),
            Sum(z.Columns, d => Normal(z[b, d], 0, 0)),
            z.Columns,
            z.Rows,
            i["dataset_size"][0].Value)))];
        return new Dictionary<string, Grid>
        {
            ["mutual_information"] = z.PerRow(b => parts[b].Mi),
            ["total_correlation"] = z.PerRow(b => parts[b].Tc),
            ["dimension_kl"] = z.PerRow(b => parts[b].Kl),
        };
    };

    private static Traced Normal(Traced z, Traced mu, Traced logvar) => -0.5 * (Math.Log(2 * Math.PI) + logvar + (Square(z - mu) / Exp(logvar)));

    private static Traced Shifted(IEnumerable<Traced> terms)
    {
        Traced[] all = [.. terms];
        var peak = all.Max(t => t.Value);
        return Log(Sum(all.Select(t => Exp(t - peak)))) + peak;
    }
}

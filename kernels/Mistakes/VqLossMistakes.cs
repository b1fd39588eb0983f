using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Codebook and commitment terms: equal in value, so what is detached, weighed and averaged shows in gradients.</summary>
internal static class VqLossMistakes
{
    /// <summary>The loss of one vector from its own elements and its code's, and beta.</summary>
    private delegate Traced Loss(Traced[] z, Traced[] q, Traced beta);

    public static IEnumerable<Mistake> All => [.. Joined, .. Parts("codebook_loss", "codebook-", CodebookTerm), .. Parts("commitment_loss", "commitment-", CommitmentTerm), .. Routes, .. Reported];

    private static IEnumerable<Mistake> Joined =>
    [
        Gradient("VL02", "losses-past-the-straight-through", "The codebook stays where it was initialised.", "Compute both terms before z + sg(q - z).", PastTheStraightThrough, "andylolu2/jax-vqvae-gpt#2"),
        Gradient("VL05", "encoder-detached-in-both", "The encoder's outputs grow without bound.", "Stop the codes, not the encoder, in the commitment term.", (z, q, beta) => (1 + beta) * CodebookTerm(z, q)),
        Gradient("VL05a", "codes-detached-in-both", "The codebook never moves.", "Stop the encoder, not the codes, in the codebook term.", (z, q, beta) => (1 + beta) * CommitmentTerm(z, q)),
        Gradient("VL05b", "nothing-detached", "Both sides are pulled with 1 + beta.", "Stop one side in each term.", (z, q, beta) => (1 + beta) * Distance(z, q)),
        Gradient("VL05c", "everything-detached", "Neither side learns.", "Stop one side in each term, not both.", (z, q, beta) => ((1 + beta) * Distance(z, q)).Detached),
        Gradient("VL01a", "beta-in-neither-slope", "beta has no effect.", "Weigh the commitment's gradient too.", (z, q, beta) => CodebookTerm(z, q) + CommitmentTerm(z, q)),
        .. Both("VL06", "mean-over-dimensions", "The loss weakens as the codes widen.", "Sum over the dimensions, or declare the mean.", (z, q, beta) => Right(z, q, beta) / z.Length, "clementchadebec/benchmark_VAE#125"),
        .. Both("VL07", "norm-for-squared-norm-of-code", "The pull has constant length, and is NaN on a code.", "Do not take the root.", (z, q, beta) => Sqrt(CodebookTerm(z, q)) + (beta * Sqrt(CommitmentTerm(z, q)))),
        .. Both("VL08", "beta-hard-coded", "Changing beta changes nothing.", "Use the beta that is given, not a quarter.", (z, q, _) => Right(z, q, 0.25)),
        .. Both("VL08a", "beta-squared-on-commitment", "beta counts twice.", "Multiply by beta once.", (z, q, beta) => Right(z, q, beta * beta)),
        .. Both("VL08b", "beta-on-both-terms", "beta is a learning rate.", "Weigh the commitment term alone.", (z, q, beta) => beta * Right(z, q, 1)),
        .. Both("VL08c", "commitment-absent", "Encoder outputs wander off.", "Add beta times the commitment term.", (z, q, _) => CodebookTerm(z, q)),
        .. Both("VL08d", "codebook-term-absent", "Codes do not follow the encoder.", "Add the codebook term.", (z, q, beta) => beta * CommitmentTerm(z, q)),
        .. Both("VL08e", "commitment-subtracted", "Encoder outputs flee their codes.", "Add the commitment term.", (z, q, beta) => CodebookTerm(z, q) - (beta * CommitmentTerm(z, q))),
        Gradient("VL08f", "convex-weights", "Codes move more slowly the larger beta is.", "Leave the codebook term unweighted.", (z, q, beta) => ((1 - beta) * CodebookTerm(z, q)) + (beta * CommitmentTerm(z, q))),
        .. new Wrong("EL10i", "vq-batch-mean-for-each", "All vectors report one and the same loss.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("vq_loss", BatchMean(Of(Right))),
    ];

    private static IEnumerable<Mistake> Routes =>
    [
        new Wrong("VL05d", "codebook-loss-not-detached", "The codebook term moves the encoder as well.", "Stop the encoder in the codebook term.")
            .Gradient("codebook_loss", Of((z, q, _) => Distance(z, q))),
        new Wrong("VL05e", "codebook-loss-to-the-encoder", "The codebook term moves the encoder instead.", "Stop the encoder, not the codes.")
            .Gradient("codebook_loss", Of((z, q, _) => CommitmentTerm(z, q))),
        new Wrong("VL05f", "commitment-not-detached", "The commitment term moves the codes as well.", "Stop the codes in the commitment term.")
            .Gradient("commitment_loss", Of((z, q, _) => Distance(z, q))),
        new Wrong("VL05g", "commitment-to-the-codebook", "The commitment term moves the codes instead.", "Stop the codes, not the encoder.")
            .Gradient("commitment_loss", Of((z, q, _) => CodebookTerm(z, q))),
        Scattered("codebook_loss", "NU13a", "last-vector-wins", "Of several vectors on one code only the last moves it.", "Accumulate the gradients of a code.", (rows, members) => rows[members[^1]]),
        Scattered("codebook_loss", "NU13b", "mean-over-the-group", "Popular codes move too slowly.", "Sum the gradients of a code; do not average them.", (rows, members) => [.. rows[members[0]].Select((_, j) => members.Average(i => rows[i][j]))]),
    ];

    private static IEnumerable<Mistake> Reported =>
    [
        new Wrong("VL08g", "weighted-commitment-reported", "The logged commitment scales with beta.", "Report the term without its weight.")
            .Answering("vq_loss", inputs => Wrong.One("commitment_term", Wrong.Map(Wrong.Right("vq_loss", inputs)["commitment_term"], v => v * inputs["beta"][0]))),
        new Wrong("VA07c", "loss-to-the-farthest-code", "The loss is that of the farthest code.", "Take the minimum of distances.", "lucidrains/vector-quantize-pytorch#108")
            .Value("vq_loss", Of(Right, (z, e) => -Codes.Squared(z, e))),
        new Wrong("VA04c", "loss-with-norm-forgotten", "The loss is that of the longest code.", "Keep the squared norm of the code in the score.", "lucidrains/vector-quantize-pytorch#120")
            .Value("vq_loss", Of(Right, (z, e) => -Codes.Dot(z, e))),
        new Wrong("NU10a", "empty-loss-is-nan", "No vectors make the loss NaN.", "Answer no values for no vectors.")
            .Value("vq_loss", Changed(Of(Right), loss => loss.Count == 0 ? new Grid([1], [double.NaN]) : loss)),
    ];

    /// <summary>What goes wrong in either term alone, value and gradient.</summary>
    private static IEnumerable<Mistake> Parts(string operation, string prefix, Func<Traced[], Traced[], Traced> term)
    {
        Mistake[] Part(string id, string name, string symptom, string mend, Loss loss) =>
            new Wrong(id, prefix + name, symptom, mend).Both(operation, Of(loss));

        return
        [
            .. Part("VL06a", "mean-over-dimensions", "The term weakens as the codes widen.", "Sum over the dimensions, or declare the mean.", (z, q, _) => term(z, q) / z.Length),
            .. Part("VL07a", "norm-for-squared-norm", "The pull has constant length, and is NaN on a code.", "Do not take the root.", (z, q, _) => Sqrt(term(z, q))),
            .. Part("EL31i", "half-squared", "Every value, and the pull, is half of what it is.", "Leave out the 1/2.", (z, q, _) => 0.5 * term(z, q)),
            .. Part("KL11j", "negated", "Codes and vectors flee each other.", "Turn the sign.", (z, q, _) => -term(z, q)),
            .. new Wrong("EL10j", prefix + "batch-mean-for-each", "All vectors report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
                .Both(operation, BatchMean(Of((z, q, _) => term(z, q)))),
            new Wrong("VA07d", prefix + "of-the-farthest-code", "The term is that of the farthest code.", "Take the minimum of distances.", "lucidrains/vector-quantize-pytorch#108")
                .Value(operation, Of((z, q, _) => term(z, q), (z, e) => -Codes.Squared(z, e))),
        ];
    }

    private static Traced Right(Traced[] z, Traced[] q, Traced beta) => CodebookTerm(z, q) + (beta * CommitmentTerm(z, q));

    private static Traced CodebookTerm(Traced[] z, Traced[] q) => Distance(Stopped(z), q);

    private static Traced CommitmentTerm(Traced[] z, Traced[] q) => Distance(z, Stopped(q));

    private static Traced PastTheStraightThrough(Traced[] z, Traced[] q, Traced beta) =>
        Right(z, [.. z.Zip(q, (a, b) => a + (b - a).Detached)], beta);

    private static Traced Distance(Traced[] a, Traced[] b) => Sum(a.Length, j => Square(a[j] - b[j]));

    private static Traced[] Stopped(Traced[] values) => [.. values.Select(v => v.Detached)];

    private static Mistake[] Both(string id, string name, string symptom, string mend, Loss loss, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Both("vq_loss", Of(loss));

    private static Mistake Gradient(string id, string name, string symptom, string mend, Loss loss, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Gradient("vq_loss", Of(loss));

    private static Formula Of(Loss loss, Codes.Score? score = null) => Gives("loss", inputs =>
    {
        var (z, codebook) = (inputs["z"], inputs["codebook"]);
        var indices = Codes.Nearest(z, codebook, score ?? Codes.Squared);
        Traced[] Row(Grid grid, int row) => [.. Enumerable.Range(0, grid.Columns).Select(j => grid[row, j])];
        return z.PerRow(i => loss(Row(z, i), Row(codebook, indices[i]), inputs.TryGetValue("beta", out var beta) ? beta[0] : 0));
    });

    /// <summary>The codebook's gradient by another rule for joining the vectors of one code.</summary>
    private static Mistake Scattered(string operation, string id, string name, string symptom, string mend, Func<double[][], int[], double[]> join) =>
        new Wrong(id, name, symptom, mend).Answering(operation + Operation.GradientSuffix, inputs =>
        {
            var (z, codebook) = (new Grid(inputs["z"]), new Grid(inputs["codebook"]));
            var indices = Codes.Nearest(z, codebook, Codes.Squared);
            double[][] pulls = [.. Codes.Rows(z).Zip(Codes.Rows(Codes.Chosen(z, codebook)))
                .Select((p, i) => p.First.Zip(p.Second, (a, e) => inputs["d_loss"][i] * 2 * (e - a)).ToArray())];
            var rows = Enumerable.Range(0, codebook.Rows).SelectMany(k =>
            {
                int[] members = [.. Enumerable.Range(0, z.Rows).Where(i => indices[i] == k)];
                return members.Length == 0 ? new double[codebook.Columns] : join(pulls, members);
            });
            return Wrong.One("d_codebook", new Tensor(codebook.Shape, [.. rows]));
        });
}

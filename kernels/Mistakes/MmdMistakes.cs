using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Maximum mean discrepancy: which pairs count, what their sum is divided by, and what the kernel is a function of.</summary>
internal static class MmdMistakes
{
    /// <summary>Sums of the kernel over pairs: within x and within y without, across with those of equal place.</summary>
    private sealed record Sums(Traced X, Traced Y, Traced Across, Traced AcrossDiagonal, double N, double M)
    {
        public Traced Unbiased => (X / (N * (N - 1))) + (Y / (M * (M - 1))) - (2 * Across / (N * M));
    }

    private delegate Traced Kernel(Traced squared, Traced width);

    public static IEnumerable<Mistake> All => [.. Of("mmd_rbf", "rbf-", Rbf), .. Of("mmd_imq", "imq-", Imq), .. RbfOnly, .. ImqOnly];

    private static IEnumerable<Mistake> Of(string operation, string prefix, Kernel kernel) =>
    [
        .. new Wrong("IW11", prefix + "off-diagonal-over-all-pairs", "Not zero on average for samples of one law.", "Divide the pairs of unlike points by n (n - 1).", "shogun-toolbox/shogun#5133")
            .Both(operation, Joined(kernel, s => (s.X / (s.N * s.N)) + (s.Y / (s.M * s.M)) - (2 * s.Across / (s.N * s.M)))),
        new Wrong("IW11", prefix + "diagonal-over-unlike-pairs", "Too large by 1 / (n - 1), for each of the two.", "Leave the pairs of a point with itself out.", "google-research/google-research#1926")
            .Value(operation, Joined(kernel, s => ((s.X + s.N) / (s.N * (s.N - 1))) + ((s.Y + s.M) / (s.M * (s.M - 1))) - (2 * s.Across / (s.N * s.M)))),
        new Wrong("IW11a", prefix + "biased", "Never negative, and not zero for samples of one law.", "Leave the diagonals out and divide by n (n - 1).")
            .Value(operation, Joined(kernel, s => ((s.X + s.N) / (s.N * s.N)) + ((s.Y + s.M) / (s.M * s.M)) - (2 * s.Across / (s.N * s.M)))),
        .. new Wrong("IW11b", prefix + "across-once", "Equal laws are far apart.", "Subtract the pairs across twice.")
            .Both(operation, Joined(kernel, s => s.Unbiased + (s.Across / (s.N * s.M)))),
        .. new Wrong("IW11c", prefix + "across-added", "Samples are driven apart.", "Subtract the pairs across.")
            .Both(operation, Joined(kernel, s => s.Unbiased + (4 * s.Across / (s.N * s.M)))),
        .. new Wrong("IW11d", prefix + "across-without-diagonal", "Pairs across that happen to have one place are forgotten.", "Across the samples every pair counts.")
            .Both(operation, Joined(kernel, s => s.Unbiased + (2 * s.Across / (s.N * s.M)) - (2 * (s.Across - s.AcrossDiagonal) / ((s.N * s.M) - Math.Min(s.N, s.M))))),
        .. new Wrong("IW11e", prefix + "root-of-the-square", "NaN for samples of one law.", "The unbiased estimate is of the square, and may be negative: take no root.")
            .Both(operation, Joined(kernel, s => Sqrt(s.Unbiased))),
        .. new Wrong("IW11f", prefix + "cut-off-at-zero", "Biased, and blind near the goal.", "Let the estimate be negative.")
            .Both(operation, Joined(kernel, s => Clamp(s.Unbiased, 0, double.PositiveInfinity))),
        .. new Wrong("IW11g", prefix + "distance-not-squared", "A kernel with a kink at zero.", "Pass the squared distance.")
            .Both(operation, Joined((s, w) => kernel(Sqrt(s), w), s => s.Unbiased)),
        .. new Wrong("IW11h", prefix + "mean-over-coordinates", "The kernel widens with the latent.", "Sum the squares over the coordinates.", "AntixK/PyTorch-VAE models/wae_mmd.py")
            .Both(operation, Joined(kernel, s => s.Unbiased, mean: true)),
        .. new Wrong("KL11p", prefix + "negated", "Samples are driven apart.", "Turn the sign.")
            .Both(operation, Joined(kernel, s => -s.Unbiased)),
        new Wrong("IW11i", prefix + "own-pairs-detached", "Points collapse onto the other sample.", "The pairs within a sample push apart: let the gradient through.")
            .Gradient(operation, Joined(kernel, s => s.X.Detached + s.Y.Detached - (2 * s.Across / (s.N * s.M)))),
        new Wrong("NU10", prefix + "one-point-answered", "One point has no pair, and zero by zero is NaN.", "Refuse fewer than two points, and a kernel of no width.")
            .Unrefused(operation, _ => Wrong.One("mmd", Tensor.Scalar(double.NaN))),
    ];

    private static IEnumerable<Mistake> RbfOnly =>
    [
        .. new Wrong("IW11j", "rbf-two-missing", "The kernel is narrower than its bandwidth says.", "Divide by twice the squared bandwidth.")
            .Both("mmd_rbf", Joined((s, h) => Exp(-s / (h * h)), s => s.Unbiased)),
        .. new Wrong("IW11k", "rbf-bandwidth-not-squared", "The kernel has another width than its bandwidth says.", "Square the bandwidth.")
            .Both("mmd_rbf", Joined((s, h) => Exp(-s / (2 * h)), s => s.Unbiased)),
        .. new Wrong("IW11l", "rbf-bandwidth-multiplies", "A wide bandwidth makes a narrow kernel.", "Divide by the squared bandwidth.")
            .Both("mmd_rbf", Joined((s, h) => Exp(-0.5 * s * h * h), s => s.Unbiased)),
    ];

    private static IEnumerable<Mistake> ImqOnly =>
    [
        .. new Wrong("IW12", "imq-reduced-and-normalised-again", "Nearly constant, and the weaker the larger the batch.", "Average the matrix of kernel values once.", "AntixK/PyTorch-VAE models/wae_mmd.py")
            .Both("mmd_imq", Joined(Imq, s => (s.X / Twice(s.N * (s.N - 1))) + (s.Y / Twice(s.M * (s.M - 1))) - (2 * s.Across / Twice(s.N * s.M)))),
        .. new Wrong("IW12a", "imq-sums-for-means", "The larger the batch, the larger the penalty.", "Average the matrix of kernel values; a mean of its sum is the sum.", "AntixK/PyTorch-VAE models/info_vae.py")
            .Both("mmd_imq", Joined(Imq, s => s.X + s.Y - (2 * (s.Across - s.AcrossDiagonal)))),
        .. new Wrong("IW12b", "imq-scale-not-above", "The penalty falls with the scale.", "The kernel is C / (C + s): one for equal points.")
            .Both("mmd_imq", Joined((s, c) => 1 / (c + s), s => s.Unbiased)),
        .. new Wrong("IW12c", "imq-root", "Far points pull too strongly.", "This kernel takes no root.")
            .Both("mmd_imq", Joined((s, c) => Sqrt(c / (c + s)), s => s.Unbiased)),
        .. new Wrong("IW12d", "imq-scale-squared", "The kernel is wider or narrower than its scale says.", "Use the scale as it is given.")
            .Both("mmd_imq", Joined((s, c) => c * c / ((c * c) + s), s => s.Unbiased)),
    ];

    private static Traced Rbf(Traced squared, Traced bandwidth) => Exp(-squared / (2 * bandwidth * bandwidth));

    private static Traced Imq(Traced squared, Traced scale) => scale / (scale + squared);

    private static Formula Joined(Kernel kernel, Func<Sums, Traced> join, bool mean = false) => Gives("mmd", i =>
    {
        var (x, y) = (i["x"], i["y"]);
        var width = i.TryGetValue("bandwidth", out var h) ? h[0] : i["scale"][0];
        Traced K(Grid a, int p, Grid b, int q) => kernel(Sum(a.Columns, d => Square(a[p, d] - b[q, d])) / (mean ? a.Columns : 1), width);
        Traced Within(Grid a) => Sum(a.Rows * a.Rows, e => e / a.Rows == e % a.Rows ? 0 : K(a, e / a.Rows, a, e % a.Rows));
        var sums = new Sums(
            Within(x),
            Within(y),
            Sum(x.Rows * y.Rows, e => K(x, e / y.Rows, y, e % y.Rows)),
            Sum(Math.Min(x.Rows, y.Rows), e => K(x, e, y, e)),
            x.Rows,
            y.Rows);
        return Grid.Each([], _ => join(sums));
    });

    private static double Twice(double value) => value * value;
}

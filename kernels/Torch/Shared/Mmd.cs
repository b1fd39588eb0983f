namespace LatentConformance.Torch;

// Unbiased MMD²: the mean kernel of pairs within x, and within y, less twice that of pairs across. Kernels are symmetric, so that the
// pairs above the diagonal stand for those below, and points do not meet themselves. Distances are of differences: expanded squares
// lose their digits far from the origin.
internal static class Mmd
{
    public static Tensor Of(Tensor x, Tensor y, Func<Tensor, Tensor> kernel)
    {
        var (n, m) = (x.size(0), y.size(0));
        if (x.size(1) != y.size(1) || Math.Min(n, m) < 2)
        {
            throw new RefusalException(
                $"samples of shapes {Shapes.Show(x)} and {Shapes.Show(y)}; two points or more in each, of as many coordinates");
        }

        return Within(x, n, kernel) + Within(y, m, kernel) - (2 * kernel(SquaredDistances(x, y)).mean());
    }

    private static Tensor Within(Tensor x, long n, Func<Tensor, Tensor> kernel) =>
        kernel(SquaredDistances(x, x)).triu(1).sum() / (0.5 * n * (n - 1));

    private static Tensor SquaredDistances(Tensor x, Tensor y) => (x.unsqueeze(1) - y).square().sum(-1);
}

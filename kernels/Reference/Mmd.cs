using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// Σ_{i≠j} k(x_i, x_j) / n(n−1) + Σ_{i≠j} k(y_i, y_j) / m(m−1) − 2 Σ_ij k(x_i, y_j) / nm: unbiased (Gretton et al. 2012, eq. 3),
// so near zero for equal laws and of either sign. k is a function of s = ‖a − b‖²: e^(−s/2h²), or C/(C + s).
// ∂/∂x_i = Σ_{j≠i} 4 k'(s) (x_i − x_j) / n(n−1) − Σ_j 4 k'(s) (x_i − y_j) / nm.
// Hazard: s as ‖a‖² + ‖b‖² − 2 a·b loses its digits far from the origin; differences do not, and the strict cases ask for them.
public sealed partial class ReferenceKernels
{
    private sealed record Kernel(Func<Real, Real> Value, Func<Real, Real> Slope);

    public Tensor MmdRbf(Tensor x, Tensor y, double bandwidth) => Mmd(x, y, Rbf(bandwidth));

    public (Tensor? DX, Tensor? DY) MmdRbfVjp(Tensor x, Tensor y, double bandwidth, double dMmd) => MmdVjp(x, y, Rbf(bandwidth), dMmd);

    public Tensor MmdImq(Tensor x, Tensor y, double scale) => Mmd(x, y, Imq(scale));

    public (Tensor? DX, Tensor? DY) MmdImqVjp(Tensor x, Tensor y, double scale, double dMmd) => MmdVjp(x, y, Imq(scale), dMmd);

    private static Kernel Rbf(double bandwidth)
    {
        Refuse.UnlessPositive("bandwidth", bandwidth);
        var width = 2 * ((Real)bandwidth * bandwidth);
        return new(s => Exp(-(s / width)), s => -(Exp(-(s / width)) / width));
    }

    private static Kernel Imq(double scale)
    {
        Refuse.UnlessPositive("scale", scale);
        return new(s => scale / (scale + s), s => -(scale / ((scale + s) * (scale + s))));
    }

    private static Tensor Mmd(Tensor x, Tensor y, Kernel kernel)
    {
        RefuseUnlessPairs(x, y);
        Real By(Func<Tensor, int, Tensor, int, Real> distance) =>
            Terms(Within(x, kernel, distance), Within(y, kernel, distance), -(2 * Between(x, y, kernel, distance)));
        return Answers.Floats([], [By(Expanded)], [By(Apart)]);
    }

    /// <summary>Pairs of unlike points; also as the sum over all pairs less its diagonal, n ones.</summary>
    private static Real Within(Tensor x, Kernel kernel, Func<Tensor, int, Tensor, int, Real> distance)
    {
        var n = x.Shape[0];
        var off = Answers.Sum(n * n, p => p / n == p % n ? 0 : kernel.Value(distance(x, p / n, x, p % n)));
        return Terms(off + n, -n).Knowing(off.Value) / ((double)n * (n - 1));
    }

    private static Real Between(Tensor x, Tensor y, Kernel kernel, Func<Tensor, int, Tensor, int, Real> distance) =>
        Answers.Sum(x.Shape[0] * y.Shape[0], p => kernel.Value(distance(x, p / y.Shape[0], y, p % y.Shape[0]))) / ((double)x.Shape[0] * y.Shape[0]);

    private static (Tensor? DX, Tensor? DY) MmdVjp(Tensor x, Tensor y, Kernel kernel, double dMmd)
    {
        RefuseUnlessPairs(x, y);
        return (Pulls(x, y, kernel, 4 * dMmd), Pulls(y, x, kernel, 4 * dMmd));
    }

    private static Tensor Pulls(Tensor x, Tensor y, Kernel kernel, double factor)
    {
        var (n, m) = (x.Shape[0], y.Shape[0]);
        Real[] By(Func<Tensor, int, Tensor, int, Real> distance, Func<Real, double, double, Real[]> pull) =>
        [
            .. from i in Enumerable.Range(0, n)
               let toOwn = Answers.Each(n, j => i == j ? 0 : factor * kernel.Slope(distance(x, i, x, j)) / ((double)n * (n - 1)))
               let toOther = Answers.Each(m, j => -(factor * kernel.Slope(distance(x, i, y, j)) / ((double)n * m)))
               from d in Enumerable.Range(0, x.Shape[1])
               select Sum([
                   .. Enumerable.Range(0, n).SelectMany(j => pull(toOwn[j], x[i, d], x[j, d])),
                   .. Enumerable.Range(0, m).SelectMany(j => pull(toOther[j], x[i, d], y[j, d]))]),
        ];
        return Answers.Floats(
            x.Shape.ToArray(),
            By(Expanded, (slope, a, b) => [slope * a, -(slope * b)]),
            By(Apart, (slope, a, b) => [slope * ((Real)a - b)]));
    }

    private static Real Apart(Tensor x, int i, Tensor y, int j) => Answers.Sum(x.Shape[1], d => SquaredErrorOf(x[i, d], y[j, d]));

    private static Real Expanded(Tensor x, int i, Tensor y, int j)
    {
        Real Product(Tensor a, int p, Tensor b, int q) => Answers.Sum(a.Shape[1], d => (Real)a[p, d] * b[q, d]);
        return Terms(Product(x, i, x, i), Product(y, j, y, j), -(2 * Product(x, i, y, j))).Knowing(Apart(x, i, y, j).Value);
    }

    private static void RefuseUnlessPairs(Tensor x, Tensor y)
    {
        if (x.Shape[1] != y.Shape[1] || Math.Min(x.Shape[0], y.Shape[0]) < 2)
        {
            throw new RefusalException($"samples of shapes {Tensor.Show(x.Shape)} and {Tensor.Show(y.Shape)}; two points or more in each, of as many coordinates");
        }
    }
}

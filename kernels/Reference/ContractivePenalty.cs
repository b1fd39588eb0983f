using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// h = sigmoid(w x + b), ∂h_j/∂x = s_j w_j with s = h (1 − h), so the penalty is Σ_j s_j² ‖w_j‖².
// By the unit's argument a_j: ∂/∂a_j = p_j = 2 s_j² (1 − 2 h_j) ‖w_j‖². ∂/∂x = Σ_j p_j w_j, ∂/∂b_j = p_j,
// ∂/∂w_j = 2 s_j² w_j + p_j x: the weight acts as a factor and through h.
public sealed partial class ReferenceKernels
{
    public Tensor ContractivePenalty(Tensor x, Tensor w, Tensor b)
    {
        RefuseUnlessEncoder(x, w, b);
        return Answers.Floats([x.Shape[0]], Answers.Each(x.Shape[0], i =>
            Answers.Sum(w.Shape[0], j => SquaredSlope(UnitOf(x, w, b, i, j)) * SquaredNorm(w, j))));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DB) ContractivePenaltyVjp(Tensor x, Tensor w, Tensor b, Tensor dPenalty)
    {
        RefuseUnlessEncoder(x, w, b);
        var (samples, units) = (x.Shape[0], w.Shape[0]);
        var factor = Each(samples, units, (i, j) => dPenalty[i] * (2 * SquaredSlope(UnitOf(x, w, b, i, j))));
        var through = Each(samples, units, (i, j) =>
        {
            var (high, low) = UnitOf(x, w, b, i, j);
            return factor[i][j] * Terms(low, -high) * SquaredNorm(w, j);
        });
        return (
            Answers.Matrix(samples, x.Shape[1], (i, d) => Answers.Sum(units, j => through[i][j] * w[j, d])),
            Answers.Matrix(units, x.Shape[1], (j, d) => Answers.Sum(samples, i => Terms(factor[i][j] * w[j, d], through[i][j] * x[i, d]))),
            Answers.Floats([units], Answers.Each(units, j => Answers.Sum(samples, i => through[i][j]))));
    }

    private static Real[][] Each(int rows, int columns, Func<int, int, Real> element) =>
        [.. Enumerable.Range(0, rows).Select(i => Answers.Each(columns, j => element(i, j)))];

    /// <summary>h and 1 − h; the difference is taken from a rounded h and errs by roundings of one.</summary>
    private static (Real H, Real OneLess) UnitOf(Tensor x, Tensor w, Tensor b, int sample, int unit)
    {
        var argument = Answers.Sum(w.Shape[1], d => (Real)w[unit, d] * x[sample, d]) + b[unit];
        var power = Exp(argument.Value > 0 ? -argument : argument);
        var (large, small) = (1 / (1 + power), power / (1 + power));
        return argument.Value > 0 ? (large, (1 - large).Knowing(small.Value)) : (small, (1 - small).Knowing(large.Value));
    }

    private static Real SquaredSlope((Real H, Real OneLess) unit) => unit.H * unit.OneLess * (unit.H * unit.OneLess);

    private static Real SquaredNorm(Tensor w, int unit) => Answers.Sum(w.Shape[1], d => (Real)w[unit, d] * w[unit, d]);

    private static void RefuseUnlessEncoder(Tensor x, Tensor w, Tensor b)
    {
        if (w.Shape[1] != x.Shape[1] || b.Shape[0] != w.Shape[0])
        {
            throw new RefusalException($"weights {Tensor.Show(w.Shape)} and bias {Tensor.Show(b.Shape)} for inputs {Tensor.Show(x.Shape)}");
        }
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// x̂ = 1 / (1 + e^−h) in [0, 1], ∂/∂h = x̂ (1 − x̂). Of a tanh y in [−1, 1]: (y + 1) / 2, ∂/∂y = ½.
public sealed partial class ReferenceKernels : ILossScale
{
    /// <summary>Also as ½ (1 + tanh(h/2)), which is right to two roundings of one.</summary>
    public Tensor UnitOutput(Tensor h) => Answers.Like(h, i => Sigmoid(h[i]) + TanhForm);

    /// <summary>1 − x̂ is taken from a rounded x̂ and errs by roundings of one.</summary>
    public Tensor UnitOutputVjp(Tensor h, Tensor dXHat)
    {
        Refuse.UnlessSameShape(h, dXHat);
        return Answers.Like(h, i =>
        {
            var rounded = Sigmoid(h[i]) + TanhForm;
            return dXHat[i] * (rounded * (1 - rounded).Knowing(Sigmoid(-h[i]).Value));
        });
    }

    public Tensor SignedToUnit(Tensor y) => Answers.Like(y, i => 0.5 * ((Real)y[i] + 1));

    public Tensor SignedToUnitVjp(Tensor y, Tensor dX)
    {
        Refuse.UnlessSameShape(y, dX);
        return Answers.Like(y, i => 0.5 * (Real)dX[i]);
    }
}

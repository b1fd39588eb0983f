using LatentConformance.Contract;

namespace LatentConformance.Reference;

// q = λ R z, λ = ‖q‖/‖z‖, R = I − 2 w wᵀ + 2 q̂ ẑᵀ with w the unit vector along ẑ + q̂; λ and R constant, so ∂z = λ Rᵀ g =
// λ (g − 2 (w·g) w + 2 (q̂·g) ẑ) (arXiv 2410.06424). Where ẑ = −q̂ there is no w: guarded it is 0, and value and length still hold.
public sealed partial class ReferenceKernels
{
    public Tensor RotationTrick(Tensor z, Tensor quantized)
    {
        Refuse.UnlessSameShape(z, quantized);
        return RowByRow(z, i =>
        {
            var (row, code) = (Row(z, i), Row(quantized, i));
            var turned = Turned(row, code, row, transposed: false);
            return Answers.Each(code.Length, j => turned[j].Knowing(code[j]));
        });
    }

    public (Tensor? DZ, Tensor? DQuantized) RotationTrickVjp(Tensor z, Tensor quantized, Tensor dOutput)
    {
        Refuse.UnlessSameShape(z, quantized, dOutput);
        return (RowByRow(z, i => RotatedBack(Row(z, i), Row(quantized, i), Row(dOutput, i))), Answers.Zeros(quantized));
    }

    private static Real[] RotatedBack(double[] z, double[] code, double[] upstream) => Turned(z, code, upstream, transposed: true);

    /// <summary>What the roundings of two unit vectors can leave of ẑ + q̂ where ẑ = −q̂: a direction made of it would be noise.</summary>
    private const double Leftover = 8 * 2.220446049250313e-16;

    /// <summary>
    /// Ordinary code divides that leftover, up to 4u, by max(its length, 1e-6) and turns by 2 (w·v) w: at u = 2^-24 no more than
    /// 2 (4u / 1e-6)² = 0.12 of ‖v‖, which is 2e6 u; in float64 far less.
    /// </summary>
    private const double OrdinaryGuard = 2e6;

    /// <summary>λ R v, or λ Rᵀ v.</summary>
    private static Real[] Turned(double[] z, double[] code, double[] vector, bool transposed)
    {
        var (from, to) = (UnitVector.Of(z), UnitVector.Of(code));
        if (from.Norm.Value == 0 || to.Norm.Value == 0)
        {
            throw new RefusalException("a vector of zeros has no direction to turn from or to");
        }

        var v = Answers.Each(vector.Length, j => vector[j]);
        var sum = Answers.Each(v.Length, j => from.Direction[j] + to.Direction[j]);
        var isOpposite = Array.TrueForAll(sum, s => Math.Abs(s.Value) <= Leftover);
        var middle = isOpposite ? Answers.Each(v.Length, _ => 0) : new UnitVector(sum, 0).Direction;
        var noise = isOpposite && Array.Exists(sum, s => s.Value != 0) ? OrdinaryGuard * Math.Sqrt(vector.Sum(e => e * e)) : 0;
        var (into, along) = transposed ? (from.Direction, to.Direction) : (to.Direction, from.Direction);
        var (inMiddle, inPlane) = (UnitVector.Dot(middle, v), UnitVector.Dot(along, v));
        return Answers.Each(v.Length, j =>
        {
            var turned = Real.Terms(v[j], -2 * (inMiddle * middle[j]), 2 * (inPlane * into[j]));
            return to.Norm / from.Norm * (turned with { Error = turned.Error + new Coefficients(noise, 0, 0) });
        });
    }
}

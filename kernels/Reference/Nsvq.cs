using LatentConformance.Contract;

namespace LatentConformance.Reference;

// z + r v / (‖v‖ + ε) with r = ‖z − q‖. ∂r/∂z = (z − q)/r = −∂r/∂q, so with s = g·v / (‖v‖ + ε): ∂z = g + s (z − q)/r and
// ∂q = −s (z − q)/r. Where z = q the root has no slope and is given 0: 0/0 otherwise. The noise is a draw and learns nothing.
public sealed partial class ReferenceKernels
{
    public Tensor Nsvq(Tensor z, Tensor quantized, Tensor noise, double epsilon)
    {
        RefuseUnlessNoisy(z, quantized, noise, epsilon);
        return RowByRow(z, i =>
        {
            var scale = LengthOf(Apart(z, quantized, i)) / Guarded(Row(noise, i), epsilon);
            return Answers.Each(z.Shape[1], j => Real.Terms(z[i, j], scale * noise[i, j]));
        });
    }

    public (Tensor? DZ, Tensor? DQuantized) NsvqVjp(Tensor z, Tensor quantized, Tensor noise, double epsilon, Tensor dOutput)
    {
        RefuseUnlessNoisy(z, quantized, noise, epsilon);
        Refuse.UnlessSameShape(z, dOutput);
        Real[] Pull(int i)
        {
            var apart = Apart(z, quantized, i);
            var length = LengthOf(apart);
            var along = Answers.Sum(apart.Length, j => (Real)dOutput[i, j] * noise[i, j]) / Guarded(Row(noise, i), epsilon);
            return Answers.Each(apart.Length, j => length.Value == 0 ? 0 : along * apart[j] / length);
        }

        Real[][] pulls = [.. Enumerable.Range(0, z.Shape[0]).Select(Pull)];
        return (
            Answers.Matrix(z.Shape[0], z.Shape[1], (i, j) => Real.Terms(dOutput[i, j], pulls[i][j])),
            Answers.Matrix(z.Shape[0], z.Shape[1], (i, j) => -pulls[i][j]));
    }

    private static Real[] Apart(Tensor z, Tensor quantized, int row) => Answers.Each(z.Shape[1], j => (Real)z[row, j] - quantized[row, j]);

    private static Real LengthOf(Real[] vector) => Real.Sqrt(UnitVector.Dot(vector, vector));

    private static Real Guarded(double[] noise, double epsilon)
    {
        var divisor = UnitVector.Of(noise).Norm + epsilon;
        return divisor.Value > 0 ? divisor : throw new RefusalException("noise of zeros needs an epsilon above zero");
    }

    private static void RefuseUnlessNoisy(Tensor z, Tensor quantized, Tensor noise, double epsilon)
    {
        Refuse.UnlessSameShape(z, quantized, noise);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
    }
}

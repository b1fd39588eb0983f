using LatentConformance.Contract;

namespace LatentConformance.Reference;

// u = z/‖z‖, code_i = ±1/√D by the sign of u_i, index as in lfq_quantize. The straight-through is at the sign, so
// g = d_codes arrives at u and goes on through the normalization: ∂/∂z = (g − u (u·g)) / ‖z‖.
public sealed partial class ReferenceKernels
{
    public (Tensor? Codes, Tensor? Indices) BsqQuantize(Tensor z)
    {
        var norms = NormsOf(z);
        var magnitude = 1 / Math.Sqrt(z.Shape[1]);

        // The straight-through is round u, and 1/√D is a root and a division in the implementation's dtype.
        return (Answers.Like(z, i => Signed(z[i] / norms[i / z.Shape[1]].Value, magnitude, computed: 2) with { Peak = norms[i / z.Shape[1]].Peak }), BitsOf(z));
    }

    public Tensor BsqQuantizeVjp(Tensor z, Tensor dCodes)
    {
        var norms = NormsOf(z);
        var along = Answers.Each(norms.Length, n =>
            Answers.Sum(z.Shape[1], j => (Real)dCodes[n, j] * z[n, j]) / (norms[n] * norms[n]));
        return Answers.Matrix(norms.Length, z.Shape[1], (n, j) =>
            Real.Terms(dCodes[n, j] / norms[n], -(along[n] * (z[n, j] / norms[n]))));
    }

    private static Real[] NormsOf(Tensor z)
    {
        RefuseUnlessBits("dimensions", z.Shape[1]);
        return Answers.Each(z.Shape[0], n =>
        {
            var norm = Real.Sqrt(Answers.Sum(z.Shape[1], j => (Real)z[n, j] * z[n, j]));
            return norm.Value > 0 ? norm : throw new RefusalException($"sample {n} is zero and has no direction");
        });
    }
}

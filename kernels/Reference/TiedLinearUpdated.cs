using LatentConformance.Contract;

namespace LatentConformance.Reference;

// v = w + update, z = v x, x̂ = vᵀ z: tied_linear after a step. With d the gradient at x̂, ∂/∂x = vᵀ (v d), and ∂/∂v = (v d) xᵀ + z dᵀ goes
// to w and to the update alike.
public sealed partial class ReferenceKernels
{
    public Tensor TiedLinearUpdated(Tensor x, Tensor w, Tensor update)
    {
        var v = Updated(x, w, update);
        var z = ThroughRows(x, v);
        return Answers.Matrix(x.Shape[0], x.Shape[1], (b, d) => Back(z[b], v, d));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DUpdate) TiedLinearUpdatedVjp(Tensor x, Tensor w, Tensor update, Tensor dXHat)
    {
        var v = Updated(x, w, update);
        var (z, dZ) = (ThroughRows(x, v), ThroughRows(dXHat, v));
        var dV = Answers.Matrix(w.Shape[0], w.Shape[1], (j, d) =>
            Answers.Sum(x.Shape[0], b => Real.Terms(dZ[b][j] * x[b, d], z[b][j] * dXHat[b, d])));
        return (Answers.Matrix(x.Shape[0], x.Shape[1], (b, d) => Back(dZ[b], v, d)), dV, dV);
    }

    private static Real[][] Updated(Tensor x, Tensor w, Tensor update)
    {
        RefuseUnlessTied(x, w);
        Refuse.UnlessSameShape(w, update);
        return Each(w.Shape[0], w.Shape[1], (j, d) => (Real)w[j, d] + update[j, d]);
    }

    private static Real[][] ThroughRows(Tensor x, Real[][] v) => Each(x.Shape[0], v.Length, (b, j) => Answers.Sum(x.Shape[1], d => x[b, d] * v[j][d]));

    private static Real Back(Real[] z, Real[][] v, int d) => Answers.Sum(v.Length, j => z[j] * v[j][d]);
}

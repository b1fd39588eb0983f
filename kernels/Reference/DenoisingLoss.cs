using LatentConformance.Contract;

namespace LatentConformance.Reference;

// ‖x̂ − x‖², x̂ = w (x + noise): what goes in is noisy, what is asked for is clean. ∂/∂w_ij = 2 (x̂_i − x_i)(x + noise)_j.
public sealed partial class ReferenceKernels
{
    public Tensor DenoisingLoss(Tensor x, Tensor noise, Tensor w)
    {
        RefuseUnlessDenoiser(x, noise, w);
        return Answers.Floats([x.Shape[0]], Answers.Each(x.Shape[0], b => Real.Sum([.. Missed(x, noise, w, b).Select(e => e * e)])));
    }

    public Tensor DenoisingLossVjp(Tensor x, Tensor noise, Tensor w, Tensor dLoss)
    {
        RefuseUnlessDenoiser(x, noise, w);
        var missed = Enumerable.Range(0, x.Shape[0]).Select(b => Missed(x, noise, w, b)).ToArray();
        return Answers.Matrix(w.Shape[0], w.Shape[1], (i, j) =>
            Answers.Sum(x.Shape[0], b => dLoss[b] * (2 * missed[b][i] * ((Real)x[b, j] + noise[b, j]))));
    }

    /// <summary>x̂ − x of one sample.</summary>
    private static Real[] Missed(Tensor x, Tensor noise, Tensor w, int sample) => Answers.Each(x.Shape[1], i =>
        Answers.Sum(x.Shape[1], j => w[i, j] * ((Real)x[sample, j] + noise[sample, j])) - x[sample, i]);

    private static void RefuseUnlessDenoiser(Tensor x, Tensor noise, Tensor w)
    {
        Refuse.UnlessSameShape(x, noise);
        if (w.Shape[0] != x.Shape[1] || w.Shape[1] != x.Shape[1])
        {
            throw new RefusalException($"w has shape {Tensor.Show(w.Shape)} for {x.Shape[1]} dimensions");
        }
    }
}

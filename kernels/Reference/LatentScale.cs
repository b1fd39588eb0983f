using LatentConformance.Contract;

namespace LatentConformance.Reference;

// latent = (z − shift) · scale and z = latent / scale + shift: the second undoes the first, in the opposite order.
// ∂latent/∂z = scale, ∂z/∂latent = 1 / scale.
public sealed partial class ReferenceKernels : ILatentLayout
{
    public Tensor LatentScale(Tensor z, double scale, double shift)
    {
        Refuse.UnlessPositive("scale", scale);
        return Answers.Like(z, i => ((Real)z[i] - shift) * scale);
    }

    public Tensor LatentScaleVjp(Tensor z, double scale, double shift, Tensor dLatent)
    {
        Refuse.UnlessPositive("scale", scale);
        return Answers.Like(z, i => (Real)dLatent[i] * scale);
    }

    public Tensor LatentUnscale(Tensor latent, double scale, double shift)
    {
        Refuse.UnlessPositive("scale", scale);
        return Answers.Like(latent, i => ((Real)latent[i] / scale) + shift);
    }

    public Tensor LatentUnscaleVjp(Tensor latent, double scale, double shift, Tensor dZ)
    {
        Refuse.UnlessPositive("scale", scale);
        return Answers.Like(latent, i => (Real)dZ[i] / scale);
    }
}

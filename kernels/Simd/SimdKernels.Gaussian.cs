using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IGaussian
{
    Tensor IGaussian.KlStandard(Tensor mu, Tensor logvar)
    {
        Refuse.UnlessSameShape(mu, logvar);
        var kl = new float[mu.Shape[0]];
        KlStandard.Forward(mu.Float32, logvar.Float32, kl);
        return new Tensor([kl.Length], kl);
    }

    (Tensor? DMu, Tensor? DLogvar) IGaussian.KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl)
    {
        Refuse.UnlessSameShape(mu, logvar);
        var (dMu, dLogvar) = (new float[mu.Count], new float[mu.Count]);
        KlStandard.Vjp(mu.Float32, logvar.Float32, dKl.Float32, dMu, dLogvar);
        return (Like(mu, dMu), Like(mu, dLogvar));
    }

    private static Tensor Like(Tensor tensor, float[] values) => new(tensor.Shape.ToArray(), values);
}

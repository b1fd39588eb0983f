using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IGaussian
{
    Tensor IGaussian.KlStandard(Tensor mu, Tensor logvar) => Kl(mu, logvar);

    (Tensor? DMu, Tensor? DLogvar) IGaussian.KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl) => KlVjp(mu, logvar, dKl);

    Tensor IGaussian.KlSpatial(Tensor mu, Tensor logvar) => Kl(mu, logvar);

    (Tensor? DMu, Tensor? DLogvar) IGaussian.KlSpatialVjp(Tensor mu, Tensor logvar, Tensor dKl) => KlVjp(mu, logvar, dKl);

    Tensor IGaussian.KlGaussians(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP)
    {
        Refuse.UnlessSameShape(muQ, logvarQ, muP, logvarP);
        var kl = new float[muQ.Shape[0]];
        KlGaussians.Forward(muQ.Float32, logvarQ.Float32, muP.Float32, logvarP.Float32, kl);
        return Vector(kl);
    }

    (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) IGaussian.KlGaussiansVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, Tensor dKl)
    {
        Refuse.UnlessSameShape(muQ, logvarQ, muP, logvarP);
        var (dMuQ, dLogvarQ, dMuP, dLogvarP) = (new float[muQ.Count], new float[muQ.Count], new float[muQ.Count], new float[muQ.Count]);
        KlGaussians.Vjp(muQ.Float32, logvarQ.Float32, muP.Float32, logvarP.Float32, dKl.Float32, dMuQ, dLogvarQ, dMuP, dLogvarP);
        return (Like(muQ, dMuQ), Like(muQ, dLogvarQ), Like(muQ, dMuP), Like(muQ, dLogvarP));
    }

    Tensor IGaussian.Reparameterize(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon);
        var z = new float[mu.Count];
        Reparameterize.Forward(mu.Float32, logvar.Float32, epsilon.Float32, z);
        return Like(mu, z);
    }

    (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) IGaussian.ReparameterizeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon, dZ);
        var (dMu, dLogvar, dEpsilon) = (new float[mu.Count], new float[mu.Count], new float[mu.Count]);
        Reparameterize.Vjp(logvar.Float32, epsilon.Float32, dZ.Float32, dMu, dLogvar, dEpsilon);
        return (Like(mu, dMu), Like(mu, dLogvar), Like(mu, dEpsilon));
    }

    private static Tensor Kl(Tensor mu, Tensor logvar)
    {
        Refuse.UnlessSameShape(mu, logvar);
        var kl = new float[mu.Shape[0]];
        KlStandard.Forward(mu.Float32, logvar.Float32, kl);
        return Vector(kl);
    }

    private static (Tensor? DMu, Tensor? DLogvar) KlVjp(Tensor mu, Tensor logvar, Tensor dKl)
    {
        Refuse.UnlessSameShape(mu, logvar);
        var (dMu, dLogvar) = (new float[mu.Count], new float[mu.Count]);
        KlStandard.Vjp(mu.Float32, logvar.Float32, dKl.Float32, dMu, dLogvar);
        return (Like(mu, dMu), Like(mu, dLogvar));
    }
}

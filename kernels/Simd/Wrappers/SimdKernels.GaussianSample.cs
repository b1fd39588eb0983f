using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IGaussianSample
{
    Tensor IGaussianSample.KlClamped(Tensor mu, Tensor logvar, double low, double high)
    {
        RefuseUnlessClamped(mu, logvar, low, high);
        var kl = new float[mu.Shape[0]];
        KlClamped.Forward(mu.Float32, logvar.Float32, low, high, kl);
        return Vector(kl);
    }

    (Tensor? DMu, Tensor? DLogvar) IGaussianSample.KlClampedVjp(Tensor mu, Tensor logvar, double low, double high, Tensor dKl)
    {
        RefuseUnlessClamped(mu, logvar, low, high);
        var (dMu, dLogvar) = (new float[mu.Count], new float[mu.Count]);
        KlClamped.Vjp(mu.Float32, logvar.Float32, low, high, dKl.Float32, dMu, dLogvar);
        return (Like(mu, dMu), Like(mu, dLogvar));
    }

    Tensor IGaussianSample.KlOneSample(Tensor z, Tensor mu, Tensor logvar)
    {
        Refuse.UnlessSameShape(z, mu, logvar);
        var kl = new float[z.Shape[0]];
        KlOneSample.Forward(z.Float32, mu.Float32, logvar.Float32, kl);
        return Vector(kl);
    }

    (Tensor? DZ, Tensor? DMu, Tensor? DLogvar) IGaussianSample.KlOneSampleVjp(Tensor z, Tensor mu, Tensor logvar, Tensor dKl)
    {
        Refuse.UnlessSameShape(z, mu, logvar);
        var (dZ, dMu, dLogvar) = (new float[z.Count], new float[z.Count], new float[z.Count]);
        KlOneSample.Vjp(z.Float32, mu.Float32, logvar.Float32, dKl.Float32, dZ, dMu, dLogvar);
        return (Like(z, dZ), Like(z, dMu), Like(z, dLogvar));
    }

    Tensor IGaussianSample.PosteriorMode(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon);
        var z = new float[mu.Count];
        PosteriorMode.Forward(mu.Float32, z);
        return Like(mu, z);
    }

    (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) IGaussianSample.PosteriorModeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon, dZ);
        var (dMu, dLogvar, dEpsilon) = (new float[mu.Count], new float[mu.Count], new float[mu.Count]);
        PosteriorMode.Vjp(dZ.Float32, dMu, dLogvar, dEpsilon);
        return (Like(mu, dMu), Like(mu, dLogvar), Like(mu, dEpsilon));
    }

    Tensor IGaussianSample.ReparameterizeDraws(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        RefuseUnlessDraws(mu, logvar, epsilon);
        var z = new float[epsilon.Count];
        ReparameterizeDraws.Forward(mu.Float32, logvar.Float32, epsilon.Float32, z);
        return Like(epsilon, z);
    }

    (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) IGaussianSample.ReparameterizeDrawsVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        RefuseUnlessDraws(mu, logvar, epsilon);
        var (dMu, dLogvar, dEpsilon) = (new float[mu.Count], new float[mu.Count], new float[epsilon.Count]);
        ReparameterizeDraws.Vjp(logvar.Float32, epsilon.Float32, dZ.Float32, dMu, dLogvar, dEpsilon);
        return (Like(mu, dMu), Like(mu, dLogvar), Like(epsilon, dEpsilon));
    }

    private static void RefuseUnlessClamped(Tensor mu, Tensor logvar, double low, double high)
    {
        if (!(low < high))
        {
            throw new RefusalException($"the clamp is [{low}, {high}]; its low end is below its high end");
        }

        Refuse.UnlessSameShape(mu, logvar);
    }

    private static void RefuseUnlessDraws(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Refuse.UnlessSameShape(mu, logvar);
        if (!epsilon.Shape[1..].SequenceEqual(mu.Shape))
        {
            throw new RefusalException($"noise of shape {Tensor.Show(epsilon.Shape)} for latents {Tensor.Show(mu.Shape)}; it is that after an axis of draws");
        }
    }
}

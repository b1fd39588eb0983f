using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IVaeLoss
{
    (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) IVaeLoss.VaeLoss(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta)
    {
        RefuseUnlessOneBatch(x, xHat, mu, logvar, beta);
        var (loss, reconstruction, kl) = (new float[x.Shape[0]], new float[x.Shape[0]], new float[x.Shape[0]]);
        VaeLoss.Forward(x.Float32, xHat.Float32, mu.Float32, logvar.Float32, beta, loss, reconstruction, kl);
        return (Vector(loss), Vector(reconstruction), Vector(kl));
    }

    (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) IVaeLoss.VaeLossVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss)
    {
        RefuseUnlessOneBatch(x, xHat, mu, logvar, beta);
        var (dXHat, dMu, dLogvar) = (new float[x.Count], new float[mu.Count], new float[mu.Count]);
        VaeLoss.Vjp(x.Float32, xHat.Float32, mu.Float32, logvar.Float32, beta, dLoss.Float32, dXHat, dMu, dLogvar);
        return (Like(x, dXHat), Like(mu, dMu), Like(mu, dLogvar));
    }

    (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) IVaeLoss.VaeLossBce(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta)
    {
        RefuseUnlessOneBatch(x, Probabilities(x, xHat), mu, logvar, beta);
        var (loss, reconstruction, kl) = (new float[x.Shape[0]], new float[x.Shape[0]], new float[x.Shape[0]]);
        VaeLossBce.Forward(x.Float32, xHat.Float32, mu.Float32, logvar.Float32, beta, loss, reconstruction, kl);
        return (Vector(loss), Vector(reconstruction), Vector(kl));
    }

    (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) IVaeLoss.VaeLossBceVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss)
    {
        RefuseUnlessOneBatch(x, Probabilities(x, xHat), mu, logvar, beta);
        var (dXHat, dMu, dLogvar) = (new float[x.Count], new float[mu.Count], new float[mu.Count]);
        VaeLossBce.Vjp(x.Float32, xHat.Float32, mu.Float32, logvar.Float32, beta, dLoss.Float32, dXHat, dMu, dLogvar);
        return (Like(x, dXHat), Like(mu, dMu), Like(mu, dLogvar));
    }

    Tensor IVaeLoss.KlWarmup(Tensor step, long warmupSteps)
    {
        Refuse.UnlessPositive("warmup_steps", warmupSteps);
        RefuseUnlessSteps(step);
        var beta = new float[step.Count];
        KlWarmup.Forward(step.Int64, warmupSteps, beta);
        return Vector(beta);
    }

    private static void RefuseUnlessSteps(Tensor step)
    {
        foreach (var t in step.Int64)
        {
            Refuse.UnlessFiniteAndNotNegative("step", t);
        }
    }

    private static void RefuseUnlessOneBatch(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta)
    {
        Refuse.UnlessSameShape(x, xHat);
        Refuse.UnlessSameShape(mu, logvar);
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        if (x.Shape[0] != mu.Shape[0])
        {
            throw new RefusalException($"x has {x.Shape[0]} samples and mu {mu.Shape[0]}");
        }
    }
}

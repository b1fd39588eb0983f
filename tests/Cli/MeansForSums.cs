using LatentConformance.Contract;

namespace LatentConformance.Tests.Cli;

/// <summary>The loss as most scripts have it: the mean of the squared error plus beta times the mean of the KL's terms, one number.</summary>
public sealed class MeansForSums : IVaeLoss
{
    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLoss(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta)
    {
        if (!(beta >= 0))
        {
            throw new RefusalException($"beta is {beta}, and no weight");
        }

        var error = 0f;
        for (var i = 0; i < x.Count; i++)
        {
            var difference = x.Float32[i] - xHat.Float32[i];
            error += difference * difference;
        }

        var kl = 0f;
        for (var i = 0; i < mu.Count; i++)
        {
            var (m, lv) = (mu.Float32[i], logvar.Float32[i]);
            kl += -0.5f * (1 + lv - (m * m) - MathF.Exp(lv));
        }

        return (new Tensor([], [(error / x.Count) + ((float)beta * kl / mu.Count)]), null, null);
    }

    public (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) =>
        throw new NotImplementedException();

    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLossBce(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) =>
        throw new NotImplementedException();

    public (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossBceVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) =>
        throw new NotImplementedException();

    public Tensor KlWarmup(Tensor step, long warmupSteps) => throw new NotImplementedException();
}

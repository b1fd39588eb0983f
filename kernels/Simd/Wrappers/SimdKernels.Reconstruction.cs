using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IReconstruction
{
    private delegate void PerSample(ReadOnlySpan<float> x, ReadOnlySpan<float> output, Span<float> loss);

    private delegate void PerSampleVjp(ReadOnlySpan<float> x, ReadOnlySpan<float> output, ReadOnlySpan<float> dLoss, Span<float> dOutput);

    Tensor IReconstruction.SquaredErrorSum(Tensor x, Tensor xHat) => LossOf(x, xHat, SquaredErrorSum.Forward);

    Tensor IReconstruction.SquaredErrorSumVjp(Tensor x, Tensor xHat, Tensor dLoss) => LossVjpOf(x, xHat, dLoss, SquaredErrorSum.Vjp);

    Tensor IReconstruction.SquaredErrorMean(Tensor x, Tensor xHat) => LossOf(x, xHat, SquaredErrorMean.Forward);

    Tensor IReconstruction.SquaredErrorMeanVjp(Tensor x, Tensor xHat, Tensor dLoss) => LossVjpOf(x, xHat, dLoss, SquaredErrorMean.Vjp);

    Tensor IReconstruction.Bce(Tensor x, Tensor xHat) => LossOf(x, Probabilities(x, xHat), Bce.Forward);

    Tensor IReconstruction.BceVjp(Tensor x, Tensor xHat, Tensor dLoss) => LossVjpOf(x, Probabilities(x, xHat), dLoss, Bce.Vjp);

    Tensor IReconstruction.BceLogits(Tensor x, Tensor logits) => LossOf(x, logits, BceLogits.Forward);

    Tensor IReconstruction.BceLogitsVjp(Tensor x, Tensor logits, Tensor dLoss) => LossVjpOf(x, logits, dLoss, BceLogits.Vjp);

    Tensor IReconstruction.L1(Tensor x, Tensor xHat) => LossOf(x, xHat, L1.Forward);

    Tensor IReconstruction.L1Vjp(Tensor x, Tensor xHat, Tensor dLoss) => LossVjpOf(x, xHat, dLoss, L1.Vjp);

    private static Tensor LossOf(Tensor x, Tensor output, PerSample kernel)
    {
        Refuse.UnlessSameShape(x, output);
        var loss = new float[x.Shape[0]];
        kernel(x.Float32, output.Float32, loss);
        return Vector(loss);
    }

    private static Tensor LossVjpOf(Tensor x, Tensor output, Tensor dLoss, PerSampleVjp kernel)
    {
        Refuse.UnlessSameShape(x, output);
        var dOutput = new float[x.Count];
        kernel(x.Float32, output.Float32, dLoss.Float32, dOutput);
        return Like(x, dOutput);
    }

    private static Tensor Probabilities(Tensor x, Tensor xHat)
    {
        Refuse.UnlessSameShape(x, xHat);
        foreach (var value in xHat.Float32)
        {
            if (value is < 0 or > 1)
            {
                throw new RefusalException($"x_hat holds {value}: a probability is in [0, 1]; for logits there is bce_logits");
            }
        }

        return xHat;
    }
}

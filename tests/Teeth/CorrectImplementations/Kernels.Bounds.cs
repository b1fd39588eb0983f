using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IBounds
{
    public Tensor IwaeBound(Tensor logWeights) => PerRow(logWeights, row => style.Reciprocals
        ? Largest(row) + T.Log(Sum(row.Length, k => T.Exp(row[k] - Largest(row))) / C(row.Length))
        : LogSumExp(row) - T.Log(C(row.Length)));

    public Tensor IwaeBoundVjp(Tensor logWeights, Tensor dBound)
    {
        var g = Values(dBound);
        return Out(logWeights.Shape.ToArray(), Rows(logWeights).SelectMany((row, b) => Weights(row).Select(w => g[b] * w)));
    }

    public Tensor IwaeWeights(Tensor logWeights) => Out(logWeights.Shape.ToArray(), Rows(logWeights).SelectMany(Weights));

    public Tensor IwaeWeightsVjp(Tensor logWeights, Tensor dWeights) => Zeros(logWeights);

    public Tensor CapacityLoss(Tensor kl, double capacity, double gamma) => PerRow(kl, row => C(gamma) * T.Abs(Sum(row) - C(capacity)));

    public Tensor CapacityLossVjp(Tensor kl, double capacity, double gamma, Tensor dLoss)
    {
        var (rows, g) = (Rows(kl), Values(dLoss));
        return Like(kl, i => g[i / kl.Shape[1]] * C(gamma) * Slope(Sum(rows[i / kl.Shape[1]]) - C(capacity)));
    }

    public Tensor CapacitySchedule(Tensor step, double capacityMax, long steps) => Like(step, i => style.Reciprocals
        ? T.Min(C(capacityMax), C(step[i]) * (C(capacityMax) / C(steps)))
        : C(capacityMax) * Ramp(step[i], steps));

    public Tensor CapacityScheduleVjp(Tensor step, double capacityMax, long steps, Tensor dCapacity)
    {
        var g = Values(dCapacity);
        return Out([], [Dot(g.Length, i => g[i], i => Ramp(step[i], steps))]);
    }

    public Tensor CyclicalBeta(Tensor step, long period, long rampSteps) => Like(step, i => Ramp(step.Int64[i] % period, rampSteps));

    private static T Largest(T[] row) => row.Aggregate(T.NegativeInfinity, T.Max);

    /// <summary>The sign; of NaN it is NaN with NumPy and JAX, 0 with PyTorch.</summary>
    private T Slope(T value) => T.IsNaN(value) ? (style.StepByStep ? T.Zero : value) : C(T.Sign(value));

    private T Ramp(double step, long steps) => T.Min(T.One, style.Reciprocals ? C(step) * (T.One / C(steps)) : C(step) / C(steps));

    private T LogSumExp(T[] row)
    {
        var largest = Largest(row);
        return largest + T.Log(Sum(row.Length, k => T.Exp(row[k] - largest)));
    }

    private T[] Softmax(T[] row)
    {
        var largest = Largest(row);
        T[] exponentials = [.. row.Select(v => T.Exp(v - largest))];
        var total = Sum(exponentials);
        return [.. exponentials.Select(e => style.Reciprocals ? e * (T.One / total) : e / total)];
    }

    private T[] LogSoftmax(T[] row)
    {
        var largest = Largest(row);
        var total = T.Log(Sum(row.Length, k => T.Exp(row[k] - largest)));
        return [.. row.Select(v => v - largest - total)];
    }

    /// <summary>Softmax, or e^(w − logsumexp) as PyTorch differentiates its logsumexp.</summary>
    private T[] Weights(T[] row)
    {
        if (!style.StepByStep)
        {
            return style.OtherIdentities ? [.. LogSoftmax(row).Select(T.Exp)] : Softmax(row);
        }

        var total = LogSumExp(row);
        return [.. row.Select(v => T.Exp(v - total))];
    }
}

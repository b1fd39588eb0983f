using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// f = min(1, step / steps). Linear: τ = (1 − f)·start + f·end, ∂/∂start = 1 − f, ∂/∂end = f.
// Exponential: τ = start^(1 − f) · end^f, ∂/∂start = (1 − f)·τ/start, ∂/∂end = f·τ/end.
public sealed partial class ReferenceKernels
{
    public Tensor TemperatureAnnealLinear(Tensor step, double start, double end, long steps)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        return Answers.Floats([step.Count], Answers.Each(step.Count, i => Line(step[i] / steps, start, end)));
    }

    public (Tensor? DStart, Tensor? DEnd) TemperatureAnnealLinearVjp(Tensor step, double start, double end, long steps, Tensor dTemperature)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        return (
            Answers.Scalar(Answers.Sum(step.Count, i => dTemperature[i] * Left(step[i] / steps))),
            Answers.Scalar(Answers.Sum(step.Count, i => dTemperature[i] * Gone(step[i] / steps))));
    }

    public Tensor TemperatureAnnealExponential(Tensor step, double start, double end, long steps)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        return Answers.Floats([step.Count], Answers.Each(step.Count, i => Power(step[i] / steps, start, end)));
    }

    public (Tensor? DStart, Tensor? DEnd) TemperatureAnnealExponentialVjp(Tensor step, double start, double end, long steps, Tensor dTemperature)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        return (
            Answers.Scalar(Answers.Sum(step.Count, i => dTemperature[i] * (Left(step[i] / steps) * Power(step[i] / steps, start, end) / start))),
            Answers.Scalar(Answers.Sum(step.Count, i => dTemperature[i] * (Gone(step[i] / steps) * Power(step[i] / steps, start, end) / end))));
    }

    /// <summary>The part of the way that is behind; two roundings, as step times a rounded 1/steps has it.</summary>
    private static Real Gone(double part) => part >= 1 ? 1 : new Real(part, new Coefficients(2 * part, 0, 0), 1);

    private static Real Left(double part) => 1 - Gone(part);

    /// <summary>Also start + f·(end − start), which errs in proportion to the larger end all the way.</summary>
    private static Real Line(double part, double start, double end)
    {
        var value = Terms(Left(part) * start, Gone(part) * end);
        return value with { Error = value.Error + new Coefficients(start + end, 0, 0) };
    }

    /// <summary>Also start·(end/start)^f: both logarithms weigh fully on the way.</summary>
    private static Real Power(double part, double start, double end)
    {
        var (first, last) = (Log(start), Log(end));
        var exponent = Terms(first, Gone(part) * Terms(last, -first));
        return Exp(exponent).Knowing(part >= 1 ? end : start * Math.Pow(end / start, part));
    }

    private static void RefuseUnlessSchedule(Tensor step, double start, double end, long steps)
    {
        Refuse.UnlessPositive("start", start);
        Refuse.UnlessPositive("end", end);
        Refuse.UnlessPositive("steps", steps);
        foreach (var t in step.Int64)
        {
            Refuse.UnlessFiniteAndNotNegative("step", t);
        }
    }
}

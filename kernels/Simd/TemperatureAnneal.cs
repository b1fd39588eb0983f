using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// f = min(1, step / steps). Linear: τ = (1 − f)·start + f·end, ∂/∂start = 1 − f, ∂/∂end = f.
// Exponential: τ = start^(1 − f) · end^f, ∂/∂start = (1 − f)·τ/start, ∂/∂end = f·τ/end. A few numbers a run: in double, one by one.
public static class TemperatureAnneal
{
    [Kernel("temperature_anneal_linear")]
    public static void Linear(ReadOnlySpan<long> step, double start, double end, long steps, Span<float> temperature)
    {
        Spans.Hold([temperature.Length], [step.Length]);
        for (var n = 0; n < temperature.Length; n++)
        {
            var gone = Gone(step[n], steps);
            temperature[n] = (float)(((1 - gone) * start) + (gone * end));
        }
    }

    [Kernel("temperature_anneal_linear.vjp")]
    public static void LinearVjp(ReadOnlySpan<long> step, long steps, ReadOnlySpan<float> dTemperature, Span<float> dStart, Span<float> dEnd)
    {
        Spans.Hold([step.Length], [dTemperature.Length]);
        Spans.Hold([1], [dStart.Length, dEnd.Length]);
        double byStart = 0, byEnd = 0;
        for (var n = 0; n < step.Length; n++)
        {
            var gone = Gone(step[n], steps);
            byStart += dTemperature[n] * (1 - gone);
            byEnd += dTemperature[n] * gone;
        }

        (dStart[0], dEnd[0]) = ((float)byStart, (float)byEnd);
    }

    [Kernel("temperature_anneal_exponential")]
    public static void Exponential(ReadOnlySpan<long> step, double start, double end, long steps, Span<float> temperature)
    {
        Spans.Hold([temperature.Length], [step.Length]);
        for (var n = 0; n < temperature.Length; n++)
        {
            temperature[n] = (float)Between(Gone(step[n], steps), start, end);
        }
    }

    [Kernel("temperature_anneal_exponential.vjp")]
    public static void ExponentialVjp(
        ReadOnlySpan<long> step, double start, double end, long steps, ReadOnlySpan<float> dTemperature, Span<float> dStart, Span<float> dEnd)
    {
        Spans.Hold([step.Length], [dTemperature.Length]);
        Spans.Hold([1], [dStart.Length, dEnd.Length]);
        double byStart = 0, byEnd = 0;
        for (var n = 0; n < step.Length; n++)
        {
            var gone = Gone(step[n], steps);
            var weighted = dTemperature[n] * Between(gone, start, end);
            byStart += weighted * (1 - gone) / start;
            byEnd += weighted * gone / end;
        }

        (dStart[0], dEnd[0]) = ((float)byStart, (float)byEnd);
    }

    private static double Gone(long step, long steps) => Math.Min(1, (double)step / steps);

    private static double Between(double gone, double start, double end) => gone == 1 ? end : start * Math.Pow(end / start, gone);
}

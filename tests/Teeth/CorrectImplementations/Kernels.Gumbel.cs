using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IGumbel
{
    public Tensor GumbelNoise(Tensor uniforms)
    {
        var u = Values(uniforms);
        return Like(uniforms, i => Noise(u[i]));
    }

    public Tensor GumbelNoiseVjp(Tensor uniforms, Tensor dNoise)
    {
        var (u, g) = (Values(uniforms), Values(dNoise));
        return Like(uniforms, i => style.StepByStep ? -(-g[i] / -T.Log(u[i])) * (T.One / u[i]) : -g[i] / (u[i] * T.Log(u[i])));
    }

    public Tensor GumbelSoftmax(Tensor logits, Tensor uniforms, double temperature) =>
        Out(logits.Shape.ToArray(), Soft(logits, uniforms, temperature).SelectMany(y => y));

    public Tensor GumbelSoftmaxVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY)
    {
        var upstream = Rows(dY);
        return Out(logits.Shape.ToArray(), Soft(logits, uniforms, temperature).SelectMany((y, n) =>
            SoftmaxBack(y, upstream[n]).Select(g => style.Reciprocals ? g * (T.One / C(temperature)) : g / C(temperature))));
    }

    public (Tensor? Y, Tensor? Indices) GumbelSoftmaxHard(Tensor logits, Tensor uniforms, double temperature)
    {
        var soft = Soft(logits, uniforms, temperature);
        int[] chosen = [.. soft.Select(Greatest)];
        return (
            Out(logits.Shape.ToArray(), soft.SelectMany((y, n) => y.Select((v, k) =>
            {
                var hard = k == chosen[n] ? T.One : T.Zero;
                return style.LiteralStraightThrough ? hard - v + v : hard;
            }))),
            Indices([soft.Length], chosen));
    }

    public Tensor GumbelSoftmaxHardVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY) =>
        GumbelSoftmaxVjp(logits, uniforms, temperature, dY);

    public Tensor KlCategoricalUniform(Tensor logits) => PerRow(logits, row =>
    {
        var (p, logs, classes) = (Softmax(row), LogSoftmax(row), C(row.Length));
        return style.OtherIdentities
            ? Sum(row.Length, k => p[k] == T.Zero ? T.Zero : p[k] * T.Log(p[k] * classes))
            : style.Reciprocals
                ? Sum(row.Length, k => p[k] * (logs[k] + T.Log(classes)))
                : T.Log(classes) + Sum(row.Length, k => p[k] * logs[k]);
    });

    public Tensor KlCategoricalUniformVjp(Tensor logits, Tensor dKl)
    {
        var g = Values(dKl);
        return Out(logits.Shape.ToArray(), Rows(logits).SelectMany((row, n) =>
        {
            var (p, logs) = (Softmax(row), LogSoftmax(row));
            if (style.StepByStep)
            {
                return SoftmaxBack(p, [.. logs.Select(l => g[n] * (l + T.Log(C(row.Length)) + T.One))]);
            }

            var entropy = -Sum(row.Length, k => p[k] * logs[k]);
            return [.. p.Select((v, k) => g[n] * v * (logs[k] + entropy))];
        }));
    }

    public Tensor TemperatureAnnealLinear(Tensor step, double start, double end, long steps) => Like(step, i => style.OtherIdentities
        ? ((T.One - Ramp(step[i], steps)) * C(start)) + (Ramp(step[i], steps) * C(end))
        : C(start) + ((C(end) - C(start)) * Ramp(step[i], steps)));

    public (Tensor? DStart, Tensor? DEnd) TemperatureAnnealLinearVjp(Tensor step, double start, double end, long steps, Tensor dTemperature)
    {
        var g = Values(dTemperature);
        return (
            Out([], [Dot(g.Length, i => g[i], i => T.One - Ramp(step[i], steps))]),
            Out([], [Dot(g.Length, i => g[i], i => Ramp(step[i], steps))]));
    }

    public Tensor TemperatureAnnealExponential(Tensor step, double start, double end, long steps) =>
        Like(step, i => Annealed(Ramp(step[i], steps), C(start), C(end)));

    public (Tensor? DStart, Tensor? DEnd) TemperatureAnnealExponentialVjp(Tensor step, double start, double end, long steps, Tensor dTemperature)
    {
        var (g, s, e) = (Values(dTemperature), C(start), C(end));
        return (
            Out([], [Sum(g.Length, i => g[i] * (T.One - Ramp(step[i], steps)) * Annealed(Ramp(step[i], steps), s, e) / s)]),
            Out([], [Sum(g.Length, i => g[i] * Ramp(step[i], steps) * Annealed(Ramp(step[i], steps), s, e) / e)]));
    }

    private static T Noise(T uniform) => -T.Log(-T.Log(uniform));

    private T Annealed(T part, T start, T end) => style.OtherIdentities
        ? T.Exp(T.Log(start) + (part * (T.Log(end) - T.Log(start))))
        : style.Reciprocals ? T.Pow(start, T.One - part) * T.Pow(end, part) : start * T.Pow(end / start, part);

    private T[][] Soft(Tensor logits, Tensor uniforms, double temperature)
    {
        var noise = Rows(uniforms);
        return [.. Rows(logits).Select((row, n) => Softmax(
            [.. row.Select((l, k) => style.Reciprocals ? (l + Noise(noise[n][k])) * (T.One / C(temperature)) : (l + Noise(noise[n][k])) / C(temperature))]))];
    }

    /// <summary>y (g − Σ y g), or y g − y Σ y g.</summary>
    private T[] SoftmaxBack(T[] y, T[] upstream)
    {
        var along = Dot(y.Length, k => y[k], k => upstream[k]);
        return [.. y.Select((v, k) => style.StepByStep ? (v * upstream[k]) - (v * along) : v * (upstream[k] - along))];
    }

    private static int Greatest(T[] row)
    {
        var best = 0;
        for (var k = 1; k < row.Length; k++)
        {
            best = row[k] > row[best] ? k : best;
        }

        return best;
    }
}

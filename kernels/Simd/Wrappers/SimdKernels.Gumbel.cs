using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IGumbel
{
    Tensor IGumbel.GumbelNoise(Tensor uniforms)
    {
        RefuseUnlessUniforms(uniforms);
        var noise = new float[uniforms.Count];
        GumbelNoise.Forward(uniforms.Float32, noise);
        return Like(uniforms, noise);
    }

    Tensor IGumbel.GumbelNoiseVjp(Tensor uniforms, Tensor dNoise)
    {
        RefuseUnlessUniforms(uniforms);
        var dUniforms = new float[uniforms.Count];
        GumbelNoise.Vjp(uniforms.Float32, dNoise.Float32, dUniforms);
        return Like(uniforms, dUniforms);
    }

    Tensor IGumbel.GumbelSoftmax(Tensor logits, Tensor uniforms, double temperature)
    {
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        var y = new float[logits.Count];
        GumbelSoftmax.Forward(logits.Float32, uniforms.Float32, temperature, y, logits.Shape[1]);
        return Like(logits, y);
    }

    Tensor IGumbel.GumbelSoftmaxVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY) => Pulled(logits, uniforms, temperature, 1, dY);

    (Tensor? Y, Tensor? Indices) IGumbel.GumbelSoftmaxHard(Tensor logits, Tensor uniforms, double temperature) =>
        Chosen(logits, uniforms, temperature, 1);

    Tensor IGumbel.GumbelSoftmaxHardVjp(Tensor logits, Tensor uniforms, double temperature, Tensor dY) => Pulled(logits, uniforms, temperature, 1, dY);

    (Tensor? Y, Tensor? Indices) IGumbel.GumbelQuantize(Tensor logits, Tensor uniforms, double temperature, long training) =>
        Chosen(logits, uniforms, temperature, training);

    Tensor IGumbel.GumbelQuantizeVjp(Tensor logits, Tensor uniforms, double temperature, long training, Tensor dY) =>
        Pulled(logits, uniforms, temperature, training, dY);

    Tensor IGumbel.KlCategoricalUniform(Tensor logits)
    {
        RefuseUnlessClasses(logits);
        var kl = new float[logits.Shape[0]];
        KlCategoricalUniform.Forward(logits.Float32, kl);
        return Vector(kl);
    }

    Tensor IGumbel.KlCategoricalUniformVjp(Tensor logits, Tensor dKl)
    {
        RefuseUnlessClasses(logits);
        var dLogits = new float[logits.Count];
        KlCategoricalUniform.Vjp(logits.Float32, dKl.Float32, dLogits);
        return Like(logits, dLogits);
    }

    Tensor IGumbel.TemperatureAnnealLinear(Tensor step, double start, double end, long steps)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        var temperature = new float[step.Count];
        TemperatureAnneal.Linear(step.Int64, start, end, steps, temperature);
        return Vector(temperature);
    }

    (Tensor? DStart, Tensor? DEnd) IGumbel.TemperatureAnnealLinearVjp(Tensor step, double start, double end, long steps, Tensor dTemperature)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        var (dStart, dEnd) = (new float[1], new float[1]);
        TemperatureAnneal.LinearVjp(step.Int64, steps, dTemperature.Float32, dStart, dEnd);
        return (new Tensor([], dStart), new Tensor([], dEnd));
    }

    Tensor IGumbel.TemperatureAnnealExponential(Tensor step, double start, double end, long steps)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        var temperature = new float[step.Count];
        TemperatureAnneal.Exponential(step.Int64, start, end, steps, temperature);
        return Vector(temperature);
    }

    (Tensor? DStart, Tensor? DEnd) IGumbel.TemperatureAnnealExponentialVjp(Tensor step, double start, double end, long steps, Tensor dTemperature)
    {
        RefuseUnlessSchedule(step, start, end, steps);
        var (dStart, dEnd) = (new float[1], new float[1]);
        TemperatureAnneal.ExponentialVjp(step.Int64, start, end, steps, dTemperature.Float32, dStart, dEnd);
        return (new Tensor([], dStart), new Tensor([], dEnd));
    }

    private static (Tensor? Y, Tensor? Indices) Chosen(Tensor logits, Tensor uniforms, double temperature, long training)
    {
        Refuse.UnlessSwitch("training", training);
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        var (y, indices) = (new float[logits.Count], new long[logits.Shape[0]]);
        GumbelQuantize.Forward(logits.Float32, uniforms.Float32, training, y, indices);
        return (Like(logits, y), Vector(indices));
    }

    private static Tensor Pulled(Tensor logits, Tensor uniforms, double temperature, long training, Tensor dY)
    {
        Refuse.UnlessSwitch("training", training);
        RefuseUnlessRelaxed(logits, uniforms, temperature);
        var dLogits = new float[logits.Count];
        GumbelQuantize.Vjp(logits.Float32, uniforms.Float32, temperature, training, dY.Float32, dLogits, logits.Shape[1]);
        return Like(logits, dLogits);
    }

    private static void RefuseUnlessRelaxed(Tensor logits, Tensor uniforms, double temperature)
    {
        Refuse.UnlessSameShape(logits, uniforms);
        RefuseUnlessClasses(logits);
        RefuseUnlessUniforms(uniforms);
        Refuse.UnlessPositive("temperature", temperature);
    }

    private static void RefuseUnlessClasses(Tensor logits)
    {
        if (logits.Shape[1] == 0)
        {
            throw new RefusalException("there are no classes to choose from");
        }
    }

    private static void RefuseUnlessUniforms(Tensor uniforms)
    {
        foreach (var u in uniforms.Float32)
        {
            if (!(u > 0 && u < 1))
            {
                throw new RefusalException($"uniforms holds {u}: a uniform lies strictly between 0 and 1");
            }
        }
    }

    private static void RefuseUnlessSchedule(Tensor step, double start, double end, long steps)
    {
        Refuse.UnlessPositive("start", start);
        Refuse.UnlessPositive("end", end);
        Refuse.UnlessPositive("steps", steps);
        RefuseUnlessSteps(step);
    }
}

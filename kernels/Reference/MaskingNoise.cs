using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y = x where u ≥ rate and 0 elsewhere, in training; y = x in evaluation. ∂y/∂x = 1 where x stays. Nothing is rescaled: an input is
// what it is, and the survivors of this corruption are not the units of a dropout.
public sealed partial class ReferenceKernels
{
    public Tensor MaskingNoise(Tensor x, Tensor uniforms, double rate, long training) => Survivors(x, x, uniforms, rate, training);

    public Tensor MaskingNoiseVjp(Tensor x, Tensor uniforms, double rate, long training, Tensor dY) => Survivors(x, dY, uniforms, rate, training);

    private static Tensor Survivors(Tensor x, Tensor values, Tensor uniforms, double rate, long training)
    {
        Refuse.UnlessSameShape(x, uniforms);
        Refuse.UnlessSwitch("training", training);
        if (!(rate >= 0 && rate <= 1))
        {
            throw new RefusalException($"rate is {rate}; it lies between 0 and 1");
        }

        return Answers.Like(x, i => training == 1 && uniforms[i] < rate ? 0 : values[i]);
    }
}

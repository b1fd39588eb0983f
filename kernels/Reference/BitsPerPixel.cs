using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ −log₂ p / pixels: a symbol that came with probability p costs −log₂ p, once; weighing it by p as well would be an entropy.
// ∂/∂p = −1 / (p ln 2 · pixels).
public sealed partial class ReferenceKernels
{
    public Tensor BitsPerPixel(Tensor probabilities, long pixels)
    {
        RefuseUnlessCodable(probabilities, pixels);
        return Answers.Floats([probabilities.Shape[0]], Answers.Each(probabilities.Shape[0], b =>
            Answers.Sum(probabilities.Shape[1], n => -Real.Log(probabilities[b, n])) / (pixels * Real.Log(2))));
    }

    public Tensor BitsPerPixelVjp(Tensor probabilities, long pixels, Tensor dBits)
    {
        RefuseUnlessCodable(probabilities, pixels);
        return Answers.Matrix(probabilities.Shape[0], probabilities.Shape[1], (b, n) =>
            -(dBits[b] / (probabilities[b, n] * (pixels * Real.Log(2)))));
    }

    private static void RefuseUnlessCodable(Tensor probabilities, long pixels)
    {
        Refuse.UnlessPositive("pixels", pixels);
        for (var i = 0; i < probabilities.Count; i++)
        {
            if (!(probabilities[i] > 0 && probabilities[i] <= 1))
            {
                throw new RefusalException($"probabilities holds {probabilities[i]}: what came had a probability above 0 and of at most 1");
            }
        }
    }
}

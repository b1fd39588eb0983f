using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// g = −log(−log u), u in (0, 1): at 0 and 1 it is infinite, and whoever draws there has to move the draw first.
// ∂g/∂u = −1 / (u log u).
public sealed partial class ReferenceKernels : IGumbel
{
    public Tensor GumbelNoise(Tensor uniforms)
    {
        RefuseUnlessUniforms(uniforms);
        return Answers.Like(uniforms, i => NoiseOf(uniforms[i]));
    }

    public Tensor GumbelNoiseVjp(Tensor uniforms, Tensor dNoise)
    {
        RefuseUnlessUniforms(uniforms);
        return Answers.Like(uniforms, i => dNoise[i] / (uniforms[i] * -Log(uniforms[i])));
    }

    private static Real NoiseOf(double u) => -Log(-Log(u));

    private static void RefuseUnlessUniforms(Tensor uniforms)
    {
        for (var i = 0; i < uniforms.Count; i++)
        {
            if (!(uniforms[i] > 0 && uniforms[i] < 1))
            {
                throw new RefusalException($"uniforms holds {uniforms[i]}: a uniform lies strictly between 0 and 1");
            }
        }
    }
}

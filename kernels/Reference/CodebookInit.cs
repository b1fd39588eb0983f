using LatentConformance.Contract;

namespace LatentConformance.Reference;

// (2u − 1) / K, and n / √D: the first is of the codebook's size, the second of a code's width. A start is no function of a model, and has
// no gradient.
public sealed partial class ReferenceKernels
{
    public Tensor CodebookInitUniform(Tensor uniforms)
    {
        Refuse.UnlessCodebookFits(uniforms.Shape[1], uniforms);
        if (!Array.TrueForAll(uniforms.ToDoubles(), u => u is >= 0 and <= 1))
        {
            throw new RefusalException("a uniform is not in [0, 1]");
        }

        // Written as low + u · (high − low) it errs by the sizes of both terms.
        double codes = uniforms.Shape[0];
        return Answers.Like(uniforms, i => Real.Terms(2 * (Real)uniforms[i] / codes, -(1 / (Real)codes)));
    }

    public Tensor CodebookInitNormal(Tensor normals)
    {
        Refuse.UnlessCodebookFits(normals.Shape[1], normals);
        var scale = 1 / Real.Sqrt(normals.Shape[1]);
        return Answers.Like(normals, i => normals[i] * scale);
    }
}

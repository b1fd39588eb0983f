using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y[b, c, h·f + i, w·f + j] = x[b, c·f² + i·f + j, h, w], and back. Each is a permutation, so the gradient of either is the other.
public sealed partial class ReferenceKernels
{
    public Tensor PixelShuffle(Tensor x, long factor)
    {
        var shape = ShuffledShape(x, Factor(factor));
        var (height, width, f) = (shape[2], shape[3], Factor(factor));
        return Answers.Floats(shape, Answers.Each(x.Count, k =>
        {
            var (map, p, q) = (k / (height * width), k / width % height, k % width);
            return x[(((((map * f * f) + (p % f * f) + (q % f)) * (height / f)) + (p / f)) * (width / f)) + (q / f)];
        }));
    }

    public Tensor PixelShuffleVjp(Tensor x, long factor, Tensor dY)
    {
        RefuseUnlessShape(dY, ShuffledShape(x, Factor(factor)));
        return PixelUnshuffle(dY, factor);
    }

    public Tensor PixelUnshuffle(Tensor x, long factor)
    {
        var shape = UnshuffledShape(x, Factor(factor));
        var (height, width, f) = (shape[2], shape[3], Factor(factor));
        return Answers.Floats(shape, Answers.Each(x.Count, k =>
        {
            var (channel, h, w) = (k / (height * width), k / width % height, k % width);
            var (map, i, j) = (channel / (f * f), channel / f % f, channel % f);
            return x[(((map * height * f) + (h * f) + i) * width * f) + (w * f) + j];
        }));
    }

    public Tensor PixelUnshuffleVjp(Tensor x, long factor, Tensor dY)
    {
        RefuseUnlessShape(dY, UnshuffledShape(x, Factor(factor)));
        return PixelShuffle(dY, factor);
    }

    private static int[] ShuffledShape(Tensor x, int f) => x.Shape[1] % (f * f) != 0
        ? throw new RefusalException($"{x.Shape[1]} channels are no multiple of {f * f}")
        : [x.Shape[0], x.Shape[1] / (f * f), x.Shape[2] * f, x.Shape[3] * f];

    private static int[] UnshuffledShape(Tensor x, int f) => x.Shape[2] % f != 0 || x.Shape[3] % f != 0
        ? throw new RefusalException($"{x.Shape[2]} by {x.Shape[3]} is not divisible by {f}")
        : [x.Shape[0], x.Shape[1] * f * f, x.Shape[2] / f, x.Shape[3] / f];
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y[b,c,p,q] = x[b,c, p div f, q div f]; ∂/∂x[b,c,h,w] = Σ of the f² cotangents of its square.
public sealed partial class ReferenceKernels : IResampling
{
    public Tensor UpsampleNearest(Tensor x, long factor)
    {
        var (n, channels, height, width) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        var f = Factor(factor);
        var places =
            from map in Enumerable.Range(0, n * channels)
            from p in Enumerable.Range(0, height * f)
            from q in Enumerable.Range(0, width * f)
            select (((map * height) + (p / f)) * width) + (q / f);
        return Answers.Floats([n, channels, height * f, width * f], [.. places.Select(i => (Real)x[i])]);
    }

    public Tensor UpsampleNearestVjp(Tensor x, long factor, Tensor dY)
    {
        var (height, width, f) = (x.Shape[2], x.Shape[3], Factor(factor));
        RefuseUnlessShape(dY, [x.Shape[0], x.Shape[1], height * f, width * f]);
        return Answers.Like(x, i =>
        {
            var (map, h, w) = (i / (height * width), i / width % height, i % width);
            return Answers.Sum(f * f, k => dY[(((map * height * f) + (h * f) + (k / f)) * width * f) + (w * f) + (k % f)]);
        });
    }

    private static int Factor(long factor)
    {
        Refuse.UnlessPositive("factor", factor);
        return checked((int)factor);
    }

    private static void RefuseUnlessShape(Tensor cotangent, int[] shape)
    {
        if (!cotangent.Shape.SequenceEqual(shape))
        {
            throw new RefusalException($"the cotangent has shape {Tensor.Show(cotangent.Shape)}, the output {Tensor.Show(shape)}");
        }
    }
}

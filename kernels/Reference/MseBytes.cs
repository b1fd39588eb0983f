using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ (x − x̂)² / D in whole numbers, then one division. A byte has no sign: x − x̂ kept in 8 bits is 256 too much wherever x̂ > x.
public sealed partial class ReferenceKernels
{
    public Tensor MseBytes(Tensor x, Tensor xHat)
    {
        Refuse.UnlessSameShape(x, xHat);
        Refuse.UnlessPositive("the number of dimensions", x.Shape[1]);
        RefuseUnlessBytes(x);
        RefuseUnlessBytes(xHat);
        return Answers.Floats([x.Shape[0]], Answers.Each(x.Shape[0], b => SquaredErrorOfRow(x, xHat, b) / x.Shape[1]));
    }

    private static void RefuseUnlessBytes(Tensor tensor)
    {
        foreach (var value in tensor.Int64)
        {
            if (value is < 0 or > 255)
            {
                throw new RefusalException($"{value} is no byte; a byte is 0 to 255");
            }
        }
    }
}

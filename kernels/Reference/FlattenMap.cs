using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y[(c·H + h)·W + w] = x[c, h, w] and back: tensors lie in this order already, so that only the shape changes, and each is the
// gradient of the other.
public sealed partial class ReferenceKernels
{
    public Tensor FlattenMap(Tensor x) => Reshaped(x, [x.Shape[0], x.Shape[1] * x.Shape[2] * x.Shape[3]]);

    public Tensor FlattenMapVjp(Tensor x, Tensor dY) => Reshaped(dY, x.Shape.ToArray());

    public Tensor UnflattenMap(Tensor y, long channels, long height, long width)
    {
        Refuse.UnlessPositive("channels", channels);
        Refuse.UnlessPositive("height", height);
        Refuse.UnlessPositive("width", width);
        if (channels * height * width != y.Shape[1])
        {
            throw new RefusalException($"a row of {y.Shape[1]} is no map of {channels}x{height}x{width}");
        }

        return Reshaped(y, [y.Shape[0], (int)channels, (int)height, (int)width]);
    }

    public Tensor UnflattenMapVjp(Tensor y, long channels, long height, long width, Tensor dX) => Reshaped(dX, y.Shape.ToArray());

    private static Tensor Reshaped(Tensor tensor, int[] shape) => Tensor.CountOf(shape) == tensor.Count
        ? Answers.Floats(shape, Answers.Each(tensor.Count, i => tensor[i]))
        : throw new RefusalException($"{Tensor.Show(tensor.Shape)} is not {Tensor.Show(shape)}");
}

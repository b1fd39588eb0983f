using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IConvolution
{
    Tensor IConvolution.Conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation)
    {
        Refuse.UnlessPositive("stride", stride);
        Refuse.UnlessPositive("dilation", dilation);
        Refuse.UnlessFiniteAndNotNegative("padding", padding);
        var shape = ResultOf(x, weight, bias, stride, 2 * padding, dilation);
        var y = new float[Tensor.CountOf(shape)];
        Conv2d.Forward(
            x.Float32, weight.Float32, bias.Float32, stride, padding, dilation, y,
            x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], shape[1], weight.Shape[2], weight.Shape[3], shape[2], shape[3]);
        return new Tensor(shape, y);
    }

    Tensor IConvolution.Conv2dAsymmetric(Tensor x, Tensor weight, Tensor bias)
    {
        var shape = ResultOf(x, weight, bias, stride: 2, padding: 1, dilation: 1);
        var y = new float[Tensor.CountOf(shape)];
        Conv2d.Asymmetric(
            x.Float32, weight.Float32, bias.Float32, y,
            x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], shape[1], weight.Shape[2], weight.Shape[3], shape[2], shape[3]);
        return new Tensor(shape, y);
    }

    private static int[] ResultOf(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation)
    {
        Refuse.UnlessChannelsFit(x.Shape[1], weight.Shape[1], weight.Shape[0], bias);
        return [x.Shape[0], weight.Shape[0], Positions(2), Positions(3)];

        int Positions(int axis)
        {
            var (size, kernel) = (x.Shape[axis], weight.Shape[axis]);
            var room = size + padding - (dilation * (kernel - 1)) - 1;
            return kernel < 1 || size < 1 || room < 0
                ? throw new RefusalException($"a kernel of {kernel} does not fit a size of {size}")
                : (int)(room / stride) + 1;
        }
    }
}

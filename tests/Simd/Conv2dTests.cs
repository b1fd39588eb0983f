using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;
using LatentConformance.Reference;
using LatentConformance.Simd;
using LatentConformance.Tests.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>Convolution where strips, panels, rows at once and the depth end.</summary>
public sealed class Conv2dTests
{
    private static readonly IConvolution Kernels = new SimdKernels();
    private static readonly ReferenceKernels Reference = new();

    [TestCase(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, TestName = "one number")]
    [TestCase(2, 3, 5, 70, 4, 3, 3, 1, 1, 1, TestName = "more than a panel a row")]
    [TestCase(1, 2, 11, 9, 13, 3, 3, 2, 1, 1, TestName = "more than a strip of channels, an odd width halved")]
    [TestCase(1, 2, 13, 14, 2, 4, 4, 2, 1, 1, TestName = "an even kernel")]
    [TestCase(1, 2, 16, 40, 2, 5, 2, 3, 4, 2, TestName = "stride 3, dilation 2, wide padding")]
    [TestCase(1, 18, 4, 7, 3, 4, 4, 1, 1, 1, TestName = "a depth beyond one part")]
    [TestCase(1, 1, 3, 3, 2, 1, 1, 2, 0, 1, TestName = "a kernel smaller than its stride")]
    public void Conv2d_AtAnySize_IsTheReferences(int b, int c, int h, int w, int o, int r, int s, int stride, int padding, int dilation)
    {
        var (x, weight, bias) = (Tensors.Normal("x", b, c, h, w), Tensors.Normal("w", o, c, r, s), Tensors.Normal("b", o));
        var expected = Reference.Conv2d(x, weight, bias, stride, padding, dilation);
        var given = Kernels.Conv2d(x.As(DType.Float32), weight.As(DType.Float32), bias.As(DType.Float32), stride, padding, dilation);
        var field = Catalogue.Standard.Find("conv2d")!.Outputs[0];
        Assert.That(Judge.Judged(field, expected, given, Precision.Of(DType.Float32), strict: false).Why, Is.Null);
    }
}

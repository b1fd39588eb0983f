using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class Conv2dTests
{
    private static readonly Tensor X = Tensors.Normal("x", 2, 2, 6, 5);
    private static readonly Tensor Weight = Tensors.Normal("weight", 3, 2, 3, 2);
    private static readonly Tensor Bias = Tensors.Normal("bias", 3);

    [SecondRoute("conv2d")]
    [Test]
    public void Conv2d_EveryWalk_IsAMatrixProductOfPatches([Values(1, 2, 3)] int stride, [Values(0, 1, 2)] int padding, [Values(1, 2)] int dilation) =>
        Agreement.Exactly(
            new ReferenceKernels().Conv2d(X, Weight, Bias, stride, padding, dilation),
            Maps.Correlated(Maps.Padded(X, padding, padding, padding, padding), Maps.Spread(Weight, dilation), Bias, stride));

    [SecondRoute("conv2d_asymmetric")]
    [TestCase(6, 5)]
    [TestCase(5, 6)]
    [TestCase(2, 3)]
    public void Conv2dAsymmetric_PaddedByHand_IsAMatrixProductOfPatches(int height, int width)
    {
        var x = Tensors.Normal("map", 2, 2, height, width);

        Agreement.Exactly(new ReferenceKernels().Conv2dAsymmetric(x, Weight, Bias), Maps.Correlated(Maps.Padded(x, 0, 0, 1, 1), Weight, Bias, 2));
    }

    [SecondRoute("conv2d.vjp")]
    [TestCase(1L, 1L, 2L)]
    [TestCase(2L, 1L, 1L)]
    [TestCase(3L, 0L, 1L)]
    public void Conv2dVjp_EveryInput_FollowsCentralDifferences(long stride, long padding, long dilation) =>
        CentralDifference.Agrees("conv2d", new Dictionary<string, Tensor>
        {
            ["x"] = X,
            ["weight"] = Weight,
            ["bias"] = Bias,
            ["stride"] = Whole(stride),
            ["padding"] = Whole(padding),
            ["dilation"] = Whole(dilation),
        });

    [SecondRoute("conv2d_asymmetric.vjp")]
    [Test]
    public void Conv2dAsymmetricVjp_EveryInput_FollowsCentralDifferences() =>
        CentralDifference.Agrees("conv2d_asymmetric", new Dictionary<string, Tensor> { ["x"] = X, ["weight"] = Weight, ["bias"] = Bias });

    /// <summary>⟨conv x, y⟩ = ⟨x, convᵀ y⟩: a transposed convolution is the gradient of a convolution.</summary>
    [SecondRoute("conv2d.vjp", "conv_transpose2d")]
    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(2, 0)]
    public void Conv2d_AgainstItsTranspose_IsItsAdjoint(int stride, int padding)
    {
        var reference = new ReferenceKernels();
        var (noBias, noBiasBack) = (Tensors.Of([3], _ => 0), Tensors.Of([2], _ => 0));
        var forward = reference.Conv2d(X, Weight, noBias, stride, padding, 1);
        var y = Tensors.Normal("y", forward.Shape.ToArray());
        var short1 = X.Shape[2] - (((y.Shape[2] - 1) * stride) - (2 * padding) + 3);
        var short2 = X.Shape[3] - (((y.Shape[3] - 1) * stride) - (2 * padding) + 2);

        var back = reference.ConvTranspose2d(y, Weight, noBiasBack, stride, padding, outputPadding: stride - 1);

        var cut = Maps.Padded(back, 0, 0, short1 - (stride - 1), short2 - (stride - 1));
        Assert.That(Maps.Product(forward.ToDoubles(), y.ToDoubles()), Is.EqualTo(Maps.Product(X.ToDoubles(), cut.ToDoubles())));
        Agreement.Exactly(reference.Conv2dVjp(X, Weight, noBias, stride, padding, 1, y).DX!, cut.ToDoubles());
    }

    /// <summary>Plain float32 code stays within the bounds, whatever order it adds in.</summary>
    [Test]
    public void Conv2dBound_InFloat32_Holds()
    {
        var (x, weight) = (Tensors.Normal("wide", 1, 8, 6, 5), Tensors.Normal("kernels", 3, 8, 3, 2));
        var answer = new ReferenceKernels().Conv2d(x, weight, Bias, 1, 0, 1);
        foreach (var order in SinglePrecision.Orders)
        {
            var values = SinglePrecision.PerElement(answer, i =>
            {
                var (o, p, q) = (i / 16, i / 4 % 4, i % 4);
                var terms = Enumerable.Range(0, 48).Select(k => (float)x[0, k / 6, p + (k / 2 % 3), q + (k % 2)] * (float)weight[(o * 48) + k]);
                return order([.. terms, (float)Bias[o]]);
            });

            Assert.That(SinglePrecision.Beyond(answer, values), Is.Empty);
        }
    }

    [TestCase(0L, 1L, 1L)]
    [TestCase(1L, -1L, 1L)]
    [TestCase(1L, 1L, 0L)]
    [TestCase(1L, 0L, 9L)]
    public void Conv2d_AWalkThatIsNone_IsRefused(long stride, long padding, long dilation) =>
        Assert.That(() => new ReferenceKernels().Conv2d(X, Weight, Bias, stride, padding, dilation), Throws.TypeOf<RefusalException>());

    private static Tensor Whole(long value) => new([], [value]);
}

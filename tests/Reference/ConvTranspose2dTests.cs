using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ConvTranspose2dTests
{
    private static readonly Tensor X = Tensors.Normal("x", 2, 2, 3, 4);
    private static readonly Tensor Weight = Tensors.Normal("weight", 2, 3, 3, 2);
    private static readonly Tensor Bias = Tensors.Normal("bias", 3);

    /// <summary>The same as a plain correlation with the turned kernel over the map with zeros between its elements.</summary>
    [SecondRoute("conv_transpose2d")]
    [Test]
    public void ConvTranspose2d_EveryWalk_IsACorrelationOverTheSpreadMap([Values(1, 2, 3)] int stride, [Values(0, 1)] int padding, [Values] bool more)
    {
        var outputPadding = more ? stride - 1 : 0;
        var (down, across) = (3 - 1 - padding, 2 - 1 - padding);
        var spread = Maps.Padded(Maps.Spread(X, stride), down, across, down + outputPadding, across + outputPadding);

        Agreement.Exactly(
            new ReferenceKernels().ConvTranspose2d(X, Weight, Bias, stride, padding, outputPadding),
            Maps.Correlated(spread, Maps.Turned(Weight), Bias, 1));
    }

    [SecondRoute("conv_transpose2d.vjp")]
    [TestCase(1L, 0L, 0L)]
    [TestCase(2L, 1L, 1L)]
    [TestCase(3L, 0L, 2L)]
    public void ConvTranspose2dVjp_EveryInput_FollowsCentralDifferences(long stride, long padding, long outputPadding) =>
        CentralDifference.Agrees("conv_transpose2d", new Dictionary<string, Tensor>
        {
            ["x"] = X,
            ["weight"] = Weight,
            ["bias"] = Bias,
            ["stride"] = new([], [stride]),
            ["padding"] = new([], [padding]),
            ["output_padding"] = new([], [outputPadding]),
        });

    [TestCase(2L, 1L, 2L)]
    [TestCase(2L, 1L, -1L)]
    [TestCase(0L, 1L, 0L)]
    [TestCase(1L, 9L, 0L)]
    public void ConvTranspose2d_ASizeThatIsNone_IsRefused(long stride, long padding, long outputPadding) =>
        Assert.That(() => new ReferenceKernels().ConvTranspose2d(X, Weight, Bias, stride, padding, outputPadding), Throws.TypeOf<RefusalException>());
}

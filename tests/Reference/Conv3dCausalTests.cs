using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class Conv3dCausalTests
{
    private const int N = 2, C = 2, T = 5, H = 3, W = 4, O = 3, U = 3, R = 3, S = 1;
    private static readonly Tensor X = Tensors.Normal("x", N, C, T, H, W);
    private static readonly Tensor Weight = Tensors.Normal("weight", O, C, U, R, S);
    private static readonly Tensor Bias = Tensors.Normal("bias", O);

    /// <summary>An output frame at a time: the U frames up to it, stacked as channels, are correlated as one image.</summary>
    [SecondRoute("conv3d_causal")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void Conv3dCausal_EachFrame_IsAnImageOfTheFramesUpToIt(int stride)
    {
        var answer = new ReferenceKernels().Conv3dCausal(X, Weight, Bias, stride);

        var frames = Enumerable.Range(0, (T + stride - 1) / stride).ToArray();
        var kernel = new Tensor([O, C * U, R, S], Weight.ToDoubles());
        var images = frames.Select(v => Maps.Correlated(Maps.Padded(UpTo(v * stride), 1, 0, 1, 0), kernel, Bias, 1)).ToArray();
        Assert.That(answer.Shape.ToArray(), Is.EqualTo(new[] { N, O, frames.Length, H, W }));
        Agreement.Exactly(answer, [.. from map in Enumerable.Range(0, N * O) from v in frames from i in Enumerable.Range(0, H * W) select images[v][(map * H * W) + i]]);
    }

    [SecondRoute("conv3d_causal.vjp")]
    [TestCase(1L)]
    [TestCase(2L)]
    public void Conv3dCausalVjp_EveryInput_FollowsCentralDifferences(long stride) =>
        CentralDifference.Agrees("conv3d_causal", new Dictionary<string, Tensor>
        {
            ["x"] = Tensors.Normal("small", 1, C, 4, H, 2),
            ["weight"] = Weight,
            ["bias"] = Bias,
            ["stride"] = new([], [stride]),
        });

    [Test]
    public void Conv3dCausal_AKernelWithoutAMiddle_IsRefused() =>
        Assert.That(() => new ReferenceKernels().Conv3dCausal(X, Tensors.Normal("even", O, C, U, 2, S), Bias, 1), Throws.TypeOf<RefusalException>());

    private static Tensor UpTo(int frame) => Tensors.Of([N, C * U, H, W], i =>
    {
        var (map, u, position) = (i / (U * H * W), i / (H * W) % U, i % (H * W));
        var t = frame - (U - 1) + u;
        return t < 0 ? 0 : X[(((map * T) + t) * H * W) + position];
    });
}

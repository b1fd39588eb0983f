using System.Numerics;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;
using static LatentConformance.Tests.Reference.SinglePrecision;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class GroupNormTests
{
    private const int B = 3, C = 4, Positions = 6;
    private const double Epsilon = 0.125;
    private static readonly Tensor X = Tensors.Normal("x", B, C, 2, 3);
    private static readonly Tensor Gamma = Tensors.Normal("gamma", C);
    private static readonly Tensor Beta = Tensors.Normal("beta", C);

    /// <summary>(n x − Σx) / √(n Σx² − (Σx)² + ε n²) in whole numbers under the root, so nothing cancels in rounding.</summary>
    [SecondRoute("group_norm")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void GroupNorm_EveryGroup_IsNormalisedInWholeNumbers(int groups)
    {
        var size = C / groups * Positions;
        var expected = X.ToDoubles().Chunk(size).SelectMany(group =>
        {
            BigInteger[] whole = [.. group.Select(Grid.Whole)];
            var sum = whole.Aggregate(BigInteger.Zero, BigInteger.Add);
            var spread = (size * whole.Aggregate(BigInteger.Zero, (s, x) => s + (x * x))) - (sum * sum);
            var root = Math.Sqrt(Grid.Value(spread, 2) + (Epsilon * size * size));
            return whole.Select(x => Grid.Value((size * x) - sum, 1) / root);
        });

        Agreement.Of(
            new ReferenceKernels().GroupNorm(X, Gamma, Beta, groups, Epsilon),
            [.. expected.Select((unit, i) => Estimate.Computed(unit * Gamma[Channel(i)]) + Beta[Channel(i)])]);
    }

    [SecondRoute("group_norm.vjp")]
    [TestCase(1L)]
    [TestCase(2L)]
    [TestCase(4L)]
    public void GroupNormVjp_EveryInput_FollowsCentralDifferences(long groups) =>
        CentralDifference.Agrees("group_norm", new Dictionary<string, Tensor>
        {
            ["x"] = X,
            ["gamma"] = Gamma,
            ["beta"] = Beta,
            ["groups"] = new([], [groups]),
            ["epsilon"] = Tensor.Scalar(Epsilon),
        });

    /// <summary>By two passes or by one, the mean taken off first or last: float32 code of either kind is right.</summary>
    [Test]
    public void GroupNormBound_InFloat32_Holds([Values] bool onePass, [Values(0.0, 16.0)] double offset)
    {
        var x = Tensors.Of([1, 1, 5, 8], i => X[i] + offset);
        foreach (var order in Orders)
        {
            float[] values = [.. Enumerable.Range(0, x.Count).Select(i => F(x, i))];
            var mean = order(values) / values.Length;
            var variance = onePass
                ? (order([.. values.Select(v => v * v)]) / values.Length) - (mean * mean)
                : order([.. values.Select(v => (v - mean) * (v - mean))]) / values.Length;
            var scale = 1 / MathF.Sqrt(variance + (float)Epsilon) * F(Gamma, 0);
            var shift = F(Beta, 0) - (mean * scale);

            var answer = new ReferenceKernels().GroupNorm(x, Tensors.Vector(Gamma[0]), Tensors.Vector(Beta[0]), 1, Epsilon);

            Assert.That(Beyond(answer, PerElement(x, i => onePass ? (values[i] * scale) + shift : ((values[i] - mean) * scale) + F(Beta, 0))), Is.Empty);
        }
    }

    [TestCase(3L, 0.125)]
    [TestCase(0L, 0.125)]
    [TestCase(2L, -0.125)]
    [TestCase(2L, double.NaN)]
    public void GroupNorm_GroupsOrEpsilonThatDoNotFit_AreRefused(long groups, double epsilon) =>
        Assert.That(() => new ReferenceKernels().GroupNorm(X, Gamma, Beta, groups, epsilon), Throws.TypeOf<RefusalException>());

    private static int Channel(int element) => element / Positions % C;
}

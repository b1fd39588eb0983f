using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class JumpReluTests
{
    private const double Bandwidth = 0.75;
    private static readonly ReferenceKernels Reference = new();
    private static readonly Tensor Pre = new([4, 3], [0.5, 2.25, 0.125, 0.75, 1.875, -0.0625, 1.5, 3, 0.5, -0.5, 2, 0.75]);
    private static readonly Tensor LogThreshold = Tensors.Vector(-0.5, 0.75, -1.5);

    private static IEnumerable<VectorGround> StepCases =>
        from operation in new[] { "jump_relu", "l0_sparsity" }
        from one in Checkout.Goldens[operation].Cases
        where !one.Refuses
        select new VectorGround(one.Id, one.Inputs);

    /// <summary>What is on is found in logarithms, which never sees the threshold itself.</summary>
    [SecondRoute("jump_relu", "l0_sparsity")]
    [Test]
    public void JumpRelu_ByLogarithms_KeepsAndCountsWhatIsAbove()
    {
        var pre = Tensors.Normal("pre", 20, 3);
        bool[] on = [.. Enumerable.Range(0, pre.Count).Select(i => Math.Log(Math.Max(pre[i], 0)) > LogThreshold[i % 3])];

        Agreement.Exactly(Reference.JumpRelu(pre, LogThreshold, Bandwidth), [.. on.Select((isOn, i) => isOn ? pre[i] : 0)]);
        Agreement.Exactly(Reference.L0Sparsity(pre, LogThreshold, Bandwidth), [.. on.Chunk(3).Select(row => (double)row.Count(isOn => isOn))]);
    }

    /// <summary>The declared rule is the slope of the step drawn out to a ramp of width ε, the threshold that it is worth frozen.</summary>
    [SecondRoute("jump_relu.vjp", "l0_sparsity.vjp")]
    [Test]
    public void LogThreshold_OfAStepDrawnOutToARamp_FollowsCentralDifferences()
    {
        var (dH, dPenalty) = (Tensors.Normal("d_h", 4, 3), Tensors.Normal("d_penalty", 4));

        var (dPre, ofValue) = Reference.JumpReluVjp(Pre, LogThreshold, Bandwidth, dH);
        var (still, ofCount) = Reference.L0SparsityVjp(Pre, LogThreshold, Bandwidth, dPenalty);

        Agreement.Of(ofValue!, CentralDifference.Gradient(LogThreshold, moved => Ramps(moved, i => dH[i] * Math.Exp(LogThreshold[i % 3]))));
        Agreement.Of(ofCount!, CentralDifference.Gradient(LogThreshold, moved => Ramps(moved, i => dPenalty[i / 3])));
        Agreement.Of(dPre!, CentralDifference.Gradient(Pre, moved => Along(dH, Reference.JumpRelu(moved, LogThreshold, Bandwidth))));
        Agreement.Of(still!, CentralDifference.Gradient(Pre, moved => Along(dPenalty, Reference.L0Sparsity(moved, LogThreshold, Bandwidth))));
    }

    /// <summary>
    /// Which side of a step a value falls on is not a matter of rounding: in every dtype of a case its values are at the threshold
    /// exactly, or further from it and from the rectangle's ends than rounding the exponential can move them.
    /// </summary>
    [TestCaseSource(nameof(StepCases))]
    public void Cases_OfTheStep_KeepAway(VectorGround one)
    {
        var (pre, logThreshold) = (one.Inputs["pre"], one.Inputs["log_threshold"]);
        var half = one.Inputs["bandwidth"][0] / 2;
        for (var i = 0; i < pre.Count; i++)
        {
            var threshold = Real.Exp(logThreshold[i % logThreshold.Count]);
            var away = Math.Abs(pre[i] - threshold.Value);
            var margin = 2 * threshold.Error.Allowed(Precision.Of(DType.BFloat16));
            Assert.That(away, Is.Zero.Or.GreaterThan(margin), $"{one.Id}, element {i}: the threshold");
            Assert.That(Math.Abs(away - half), Is.GreaterThan(margin), $"{one.Id}, element {i}: the rectangle's end");
        }
    }

    private static Estimate Ramps(Tensor logThreshold, Func<int, double> worth) => Estimate.Sum(Enumerable.Range(0, Pre.Count).Select(i =>
        worth(i) * Math.Clamp(((Pre[i] - Math.Exp(logThreshold[i % 3])) / Bandwidth) + 0.5, 0, 1)));

    private static Estimate Along(Tensor cotangent, Tensor output) => Estimate.Sum(Enumerable.Range(0, output.Count).Select(i => cotangent[i] * output[i]));

    public sealed record VectorGround(string Id, IReadOnlyDictionary<string, Tensor> Inputs)
    {
        public override string ToString() => Id;
    }
}

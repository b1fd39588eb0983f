using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlWarmupTests
{
    /// <summary>Every step of a schedule and past its end; decimal holds a quotient to 28 digits, float64 rounds it once.</summary>
    [SecondRoute("kl_warmup")]
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1000)]
    public void KlWarmup_EveryStep_IsTheQuotientUpToOne(long warmupSteps)
    {
        var steps = Enumerable.Range(0, (int)warmupSteps + 3).Select(t => (long)t).ToArray();

        var beta = new ReferenceKernels().KlWarmup(Tensors.Whole(steps), warmupSteps);

        Agreement.Of(beta, [.. steps.Select(t => new Estimate((double)Math.Min(1, (decimal)t / warmupSteps), Estimate.Unit))]);
    }

    [TestCase(0, 0)]
    [TestCase(50, 0.5)]
    [TestCase(100, 1)]
    [TestCase(long.MaxValue, 1)]
    public void KlWarmup_AtTheCorners_IsExact(long step, double expected) =>
        Agreement.Exactly(new ReferenceKernels().KlWarmup(Tensors.Whole(step), 100), expected);

    [TestCase(-1, 10)]
    [TestCase(1, 0)]
    public void KlWarmup_BadArguments_AreRefused(long step, long warmupSteps) =>
        Assert.That(() => new ReferenceKernels().KlWarmup(Tensors.Whole(step), warmupSteps), Throws.TypeOf<RefusalException>());
}

using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Running;

/// <summary>What a run makes of implementations that are right, wrong, absent, rude or broken.</summary>
public class VerificationTests
{
    private const string Operation = "kl_standard";
    private static readonly Selection OfOperation = new(Operations: [Operation]);

    [Test]
    public void Run_Reference_HoldsEverywhere()
    {
        var report = Checkout.Verdict;
        Assert.Multiple(() =>
        {
            Assert.That(report.Holds, Is.True);
            Assert.That(report.Summary, Has.Property("Unsupported").Zero.And.Property("Failed").Zero.And.Property("StrictFailed").Zero);
            Assert.That(report.Summary.Passed, Is.GreaterThan(400));
        });
    }

    [Test]
    public void Run_AnOperationThatAnswersZeros_Fails() => FailsWith(Zeros, "expected");

    [Test]
    public void Run_AnOperationThatAnswersNaN_Fails() =>
        FailsWith(i => Output(new Tensor([i["mu"].Shape[0]], Enumerable.Repeat(double.NaN, i["mu"].Shape[0]).ToArray())), "is NaN");

    [Test]
    public void Run_AnOperationThatDoublesTheAnswer_Fails() => FailsWith(i => Changed(i, kl => Scaled(kl, 2)), "elements are off");

    [Test]
    public void Run_AnOperationThatForgetsTheBatch_FailsOnShape() =>
        FailsWith(i => Changed(i, kl => new Tensor([], [kl.ToDoubles().Sum() + 1])), "has shape []");

    [Test]
    public void Run_AnOperationThatRefusesGoodInputs_Fails() => FailsWith(_ => new Refused("no"), "refused: no");

    [Test]
    public void Run_AnOperationThatCrashes_IsAnError()
    {
        var report = Run(new Wrong(Operation, _ => new Broken("IndexOutOfRangeException: 7")), OfOperation);
        Assert.That(report.Results.Where(r => r.Kind == ResultKind.Vector && !r.Strict).Select(r => r.Outcome), Has.All.EqualTo(Outcome.Error));
    }

    [Test]
    public void Run_AnOperationThatAnswersNothing_IsAnErrorAndNotAPass()
    {
        var report = Run(new Wrong(Operation, _ => new Answered(new Dictionary<string, Tensor>())), OfOperation);
        Assert.That(report.Results.Where(r => r.Kind == ResultKind.Vector && !r.Strict).Select(r => r.Outcome), Has.All.EqualTo(Outcome.Error));
    }

    [Test]
    public void Run_AnImplementationWithHiddenState_FailsWhenAskedTwice()
    {
        var calls = 0;
        var report = Run(new Wrong(Operation, i => Changed(i, kl => Scaled(kl, 1 + (++calls * 2.3e-16)))), OfOperation);
        Assert.That(report.Results.Single(r => r.Id == "kl_standard/asked-twice").Message, Does.Contain("the answers differ"));
    }

    [Test]
    public void Run_AnOperationThatIsNotOffered_IsUnsupportedAndCounted()
    {
        var report = Run(new Partial(Operation), new Selection());
        Assert.Multiple(() =>
        {
            Assert.That(report.Holds, Is.True);
            Assert.That(report.Summary.Unsupported, Is.GreaterThan(300));
            Assert.That(report.Results.Where(r => r.Kind == ResultKind.Vector && r.Outcome == Outcome.Pass).Select(r => r.Operation), Has.All.EqualTo(Operation));
        });
    }

    [Test]
    public void Run_ACaseThatIsDeclined_IsSkippedWithTheReason()
    {
        var report = Run(new Wrong(Operation, i => i["mu"].Count == 0 ? new Declined("no empty batches here") : Changed(i, kl => kl)), OfOperation);
        Assert.That(report.Results.Single(r => r.Outcome == Outcome.Skipped).Message, Does.Contain("no empty batches here"));
    }

    [Test]
    public void Run_ADeclaredConvention_IsHonoured()
    {
        var summed = new Wrong(Operation, Summed);
        var declared = new Wrong(Operation, Summed)
        {
            Description = new("summed", "1", DType.Float64) { ByOperation = new Dictionary<string, Conventions> { [Operation] = Conventions.House with { Reduce = "sum" } } },
        };
        Assert.Multiple(() =>
        {
            Assert.That(Run(declared, OfOperation).Holds, Is.True);
            Assert.That(Run(summed, OfOperation).Results.First(r => r.Kind == ResultKind.Vector && r.Outcome == Outcome.Fail).Message, Does.Contain("reduce: sum; declare it, or mend it"));
        });
    }

    [Test]
    public void Run_TheSameSeed_GivesTheSameResults()
    {
        var some = new Selection(Filter: "vq*");
        var first = Conformance.Reports.JsonReport.Verify(Run(Checkout.Reference, some), "0");
        var second = Conformance.Reports.JsonReport.Verify(Run(Checkout.Reference, some), "0");
        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase(12345UL)]
    public void Run_AnotherSeed_HoldsToo(ulong seed) => Assert.That(Run(Checkout.Reference, new Selection(), seed).Holds, Is.True);

    private static void FailsWith(Func<IReadOnlyDictionary<string, Tensor>, Answer> answer, string message)
    {
        var report = Run(new Wrong(Operation, answer), OfOperation);
        Assert.Multiple(() =>
        {
            Assert.That(report.Holds, Is.False);
            Assert.That(report.Results.Where(r => r.Outcome == Outcome.Fail).Select(r => r.Message), Has.Some.Contains(message));
        });
    }

    private static Report Run(IAnswerer implementation, Selection selection, ulong seed = 1) =>
        new Verification(Checkout.Grounds()).Run(implementation, selection, seed);

    private static Answer Zeros(IReadOnlyDictionary<string, Tensor> inputs) => Changed(inputs, kl => Scaled(kl, 0));

    private static Answer Summed(IReadOnlyDictionary<string, Tensor> inputs) => Changed(inputs, kl => new Tensor([], [kl.ToDoubles().Sum()]));

    /// <summary>The reference's answer with a change; a refusal stays one.</summary>
    private static Answer Changed(IReadOnlyDictionary<string, Tensor> inputs, Func<Tensor, Tensor> change) =>
        Checkout.Reference.Ask(Catalogue.Standard.Find(Operation)!, inputs) is Answered right ? Output(change(right.Outputs["kl"])) : new Refused("as the reference does");

    private static Tensor Scaled(Tensor tensor, double factor) => new(tensor.Shape.ToArray(), [.. tensor.ToDoubles().Select(v => v * factor)]);

    private static Answered Output(Tensor kl) => new(new Dictionary<string, Tensor> { ["kl"] = kl });

    private sealed class Partial(string operation) : IAnswerer
    {
        public Description Description { get; } = new("partial", "1", DType.Float64);

        public bool Offers(Operation one) => one.Name == operation;

        public Answer Ask(Operation one, IReadOnlyDictionary<string, Tensor> inputs) => Checkout.Reference.Ask(one, inputs);
    }
}

using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Running;

/// <summary>A claim is asked in the implementation's dtype only where right answers, rounded to it, can pass.</summary>
public class ClaimDTypeTests
{
    /// <summary>257/256 has nine binary digits: float16 and float32 hold it, bfloat16 does not. 1.5 they all do.</summary>
    private static readonly string[] Bodies = ["257/256", "1.5 * 1"];

    [TestCase(0, DType.BFloat16, 1, Outcome.Skipped)]
    [TestCase(0, DType.BFloat16, 0, Outcome.Skipped)]
    [TestCase(0, DType.Float16, 1, Outcome.Pass)]
    [TestCase(0, DType.Float32, 0, Outcome.Fail)]
    [TestCase(1, DType.BFloat16, 1, Outcome.Pass)]
    [TestCase(1, DType.BFloat16, 0, Outcome.Fail)]
    public void Run_AClaimInADType_IsJudgedWhereTheDTypeCanHoldIt(int body, DType dtype, double factor, Outcome outcome)
    {
        var result = Run(Bodies[body], dtype, factor);
        Assert.That(result.Outcome, Is.EqualTo(outcome), result.Message);
    }

    [Test]
    public void Run_AClaimBeyondTheDType_SaysSo() =>
        Assert.That(Run(Bodies[0], DType.BFloat16, 1).Message, Is.EqualTo("does not suit bfloat16: the reference's own answers, rounded to it, do not pass"));

    /// <summary>The first weight of a warm-up is 0, and its slack reaches below, where a loss refuses it.</summary>
    [Test]
    public void Run_AnAnswerAtTheEdgeOfADomain_GoesIntoAnotherOperation() => Assert.That(
        Checked("kl_warmup(step: 0, warmup_steps: 10)[0] * vae_loss_bce(x: 1, x_hat: 0.5, mu: 1, logvar: 0, beta: kl_warmup(step: 0, warmup_steps: 10)[0]).kl = 0 +- 0", Checkout.Reference).Outcome,
        Is.EqualTo(Outcome.Pass));

    private static Result Run(string value, DType dtype, double factor) =>
        Checked($"straight_through.vjp(z: 0, quantized: 1, d_output: {value}).d_z == {value}", new Scaled(dtype, factor));

    private static Result Checked(string check, IAnswerer implementation)
    {
        var page = $"```claim\nid: t.one\nsource: some paper\nsays: It holds.\ncheck: {check}\n```\n";
        var book = SpecBook.Read([("spec/t.md", page), ("spec/sources.md", "## some paper\n")], Catalogue.Standard);
        return new ClaimRun(Catalogue.Standard, Checkout.Oracle, seed: 1).Run(book.Claims[0], implementation);
    }

    /// <summary>The reference's answers times a factor, rounded: right where the factor is one.</summary>
    private sealed class Scaled(DType dtype, double factor) : IAnswerer
    {
        public Description Description { get; } = new("scaled", "1", dtype);

        public bool Offers(Operation operation) => true;

        public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs) =>
            new Answered(((Answered)Checkout.Reference.Ask(operation, inputs.ToDictionary(i => i.Key, i => i.Value.As(DType.Float64)))).Outputs.ToDictionary(
                o => o.Key, o => Tensor.Of(dtype, o.Value.Shape.ToArray(), [.. o.Value.ToDoubles().Select(v => v * factor)])));
    }
}

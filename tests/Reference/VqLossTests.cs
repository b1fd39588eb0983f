using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class VqLossTests
{
    private const double Beta = 0.25;
    private static readonly Tensor Z = Tensors.Normal("z", 9, 3);
    private static readonly Tensor Codebook = Tensors.Normal("codebook", 4, 3);
    private static readonly int[] Nearest = NearestCode.Of(Z, Codebook);

    /// <summary>Every operation with what it weighs ‖sg(z) − e‖² and ‖z − sg(e)‖² by, under either convention of beta.</summary>
    private static readonly TestCaseData[] Weights =
    [
        new("codebook_loss", "paper", 1.0, 0.0),
        new("commitment_loss", "paper", 0.0, 1.0),
        new("vq_loss", "paper", 1.0, Beta),
        new("vq_loss", "legacy", Beta, 1.0),
    ];

    [SecondRoute("codebook_loss", "commitment_loss", "vq_loss")]
    [TestCaseSource(nameof(Weights))]
    public void Losses_EveryReduction_AreTheDistancesInWholeNumbers(string operation, string beta, double toCodebook, double toEncoder)
    {
        foreach (var reduce in Reduced.Ways)
        {
            var outputs = Catalogue.Standard.Find(operation)!.Invoke(Reference(reduce, beta), Inputs());

            Estimate[] distances = [.. NearestCode.Distances(Z, Codebook)];
            Agreement.Of(outputs["loss"], Reduced.By(reduce, [.. distances.Select(d => (toCodebook + toEncoder) * d)], Z.Shape[1]));
            foreach (var part in outputs.Where(o => o.Key != "loss"))
            {
                Agreement.Of(part.Value, Reduced.By(reduce, distances, Z.Shape[1]));
            }
        }
    }

    [SecondRoute("codebook_loss.vjp", "commitment_loss.vjp", "vq_loss.vjp")]
    [TestCaseSource(nameof(Weights))]
    public void LossesVjp_WithTheStopGradientsFrozen_FollowCentralDifferences(string operation, string beta, double toCodebook, double toEncoder)
    {
        foreach (var reduce in Reduced.Ways)
        {
            var upstream = reduce == "none" ? Tensors.Normal("upstream", Z.Shape[0]) : Tensor.Scalar(-1.5);
            var inputs = Inputs();
            inputs["d_loss"] = upstream;

            var answer = Catalogue.Standard.Find(operation)!.Gradient!.Invoke(Reference(reduce, beta), inputs);

            var weights = Enumerable.Range(0, Z.Shape[0])
                .Select(i => upstream[reduce == "none" ? i : 0] * Reduced.Weight(reduce, Z.Shape[0], Z.Shape[1])).ToArray();
            Agreement.Of(answer["d_z"], CentralDifference.Gradient(Z, z => Loss(weights, toCodebook, toEncoder, z, Codebook)));
            Agreement.Of(answer["d_codebook"], CentralDifference.Gradient(Codebook, e => Loss(weights, toCodebook, toEncoder, Z, e)));
        }
    }

    [TestCase(-0.25)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void VqLoss_BetaThatIsNoWeight_IsRefused(double beta) =>
        Assert.That(() => new ReferenceKernels().VqLoss(Z, Codebook, beta), Throws.TypeOf<RefusalException>());

    private static Dictionary<string, Tensor> Inputs() =>
        new() { ["z"] = Z, ["codebook"] = Codebook, ["beta"] = Tensor.Scalar(Beta) };

    private static ReferenceKernels Reference(string reduce, string beta) =>
        new(Reduced.Convention(reduce).With(Conventions.BetaName, beta));

    /// <summary>Σ weight (a ‖sg(z) − e‖² + b ‖z − sg(e)‖²): what stands in sg() is Z and Codebook, wherever z and e go.</summary>
    private static Estimate Loss(double[] weights, double a, double b, Tensor z, Tensor e) => Estimate.Sum(
        from i in Enumerable.Range(0, Z.Shape[0])
        from j in Enumerable.Range(0, Z.Shape[1])
        let k = Nearest[i]
        from term in new[] { a * Math.Pow(Z[i, j] - e[k, j], 2), b * Math.Pow(z[i, j] - Codebook[k, j], 2) }
        select weights[i] * term);
}

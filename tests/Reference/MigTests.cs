using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class MigTests
{
    /// <summary>The gap is the least that a latent's lead over any other can be, of the latent that leads: min over pairs of a max.</summary>
    [SecondRoute("mig")]
    [Test]
    public void Mig_ByPairs_IsTheLeastLeadOfTheLeader()
    {
        var (information, entropy) = (Tensors.Normal("information", 5, 4), Tensors.Uniform("entropy", 0.5, 2.5, 5));

        Agreement.Of(new ReferenceKernels().Mig(information, entropy), Estimate.Computed((double)Enumerable.Range(0, 5).Average(f =>
        {
            var row = information.RowOf(f);
            var lead = Enumerable.Range(0, 4).Max(d => Enumerable.Range(0, 4).Where(o => o != d).Min(o => (decimal)row[d] - (decimal)row[o]));
            return lead / (decimal)entropy[f];
        })));
    }

    [SecondRoute("mig.vjp")]
    [Test]
    public void MigVjp_AwayFromTies_FollowsCentralDifferences() =>
        CentralDifference.Agrees("mig", new Dictionary<string, Tensor>
        {
            ["mutual_information"] = Tensors.Normal("information", 5, 4),
            ["entropy"] = Tensors.Uniform("entropy", 0.5, 2.5, 5),
        });

    /// <summary>On a tie either latent may be the first.</summary>
    [Test]
    public void MigVjp_OnATie_IsLegalEitherWay()
    {
        var (slopes, _) = new ReferenceKernels().MigVjp(Tensors.Row(0.5, 2, 2), Tensors.Vector(1), 1);

        Assert.That(slopes!.Tolerance!.Alternatives.Select(a => a.Element).Distinct(), Is.EqualTo([1, 2]));
        Assert.That(slopes.Tolerance.Alternatives.Select(a => a.Value).Distinct(), Is.EquivalentTo([-1, -0.5, 0, 0.5, 1]));
    }
}

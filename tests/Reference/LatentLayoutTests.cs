using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LatentLayoutTests
{
    private static readonly ReferenceKernels Reference = new();
    private static readonly Tensor Map = Tensors.Normal("map", 2, 3, 4, 5);

    [SecondRoute("latent_scale", "latent_unscale")]
    [TestCase(0.1875, 0.0625)]
    [TestCase(2.75, -1.125)]
    [TestCase(1.0, 0.5)]
    public void LatentScale_InDecimal_AndBackAgain(double scale, double shift)
    {
        Agreement.Of(Reference.LatentScale(Map, scale, shift), [.. Map.ToDoubles().Select(v => (Estimate)(double)(((decimal)v - (decimal)shift) * (decimal)scale))]);
        Agreement.Of(Reference.LatentUnscale(Map, scale, shift), [.. Map.ToDoubles().Select(v => Estimate.Computed((double)(((decimal)v / (decimal)scale) + (decimal)shift)))]);
    }

    /// <summary>Rows filled by three loops, one value after another.</summary>
    [SecondRoute("flatten_map", "unflatten_map")]
    [Test]
    public void FlattenMap_ByLoops_RunsOverWidthFirstAndChannelsLast()
    {
        var row = new List<double>();
        for (var b = 0; b < 2; b++)
        {
            for (var c = 0; c < 3; c++)
            {
                for (var h = 0; h < 4; h++)
                {
                    for (var w = 0; w < 5; w++)
                    {
                        row.Add(Map[b, c, h, w]);
                    }
                }
            }
        }

        var flat = Reference.FlattenMap(Map);
        var map = Reference.UnflattenMap(new Tensor([2, 60], [.. row]), 3, 4, 5);

        Assert.That((flat.Shape.ToArray(), map.Shape.ToArray()), Is.EqualTo((new[] { 2, 60 }, new[] { 2, 3, 4, 5 })));
        Agreement.Exactly(flat, row);
        Assert.That(map[1, 2, 3, 4], Is.EqualTo(row[^1]));
        Assert.That(map[1, 0, 2, 1], Is.EqualTo(row[60 + 11]));
        Agreement.Exactly(map, Map.ToDoubles());
    }

    [SecondRoute("latent_scale.vjp", "latent_unscale.vjp", "flatten_map.vjp", "unflatten_map.vjp")]
    [TestCase("latent_scale")]
    [TestCase("latent_unscale")]
    [TestCase("flatten_map")]
    [TestCase("unflatten_map")]
    public void Vjp_OrdinaryInputs_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));
}

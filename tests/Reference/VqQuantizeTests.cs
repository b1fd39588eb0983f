using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class VqQuantizeTests
{
    [SecondRoute("vq_quantize")]
    [Test]
    public void VqQuantize_EitherEstimator_IsTheNearestCode([ValueSource(typeof(Estimators), nameof(Estimators.All))] string estimator)
    {
        var (z, codebook) = (Tensors.Normal("z", 30, 3), Tensors.Normal("codebook", 11, 3));
        var nearest = NearestCode.Of(z, codebook);

        var (quantized, indices) = new ReferenceKernels(Estimators.Convention(estimator)).VqQuantize(z, codebook);

        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(nearest));
        Agreement.Exactly(quantized!, [.. nearest.SelectMany(codebook.RowOf)]);
    }

    [SecondRoute("vq_quantize.vjp")]
    [Test]
    public void VqQuantizeVjp_EitherEstimator_IsTheSlopeOfItsFrozenSurrogate(
        [ValueSource(typeof(Estimators), nameof(Estimators.All))] string estimator, [Values(2, 3, 5)] int dimensions)
    {
        var (z, codebook) = (Tensors.Normal("z", 12, dimensions), Tensors.Normal("codebook", 6, dimensions));
        var upstream = Tensors.Normal("upstream", 12, dimensions);
        var nearest = NearestCode.Of(z, codebook);

        var (dZ, dCodebook) = new ReferenceKernels(Estimators.Convention(estimator)).VqQuantizeVjp(z, codebook, upstream);

        Agreement.Of(dZ!, [.. nearest.SelectMany((k, i) => Estimators.Gradient(estimator, z.RowOf(i), codebook.RowOf(k), upstream.RowOf(i)))]);
        Assert.That(dCodebook!.ToDoubles(), Is.All.Zero);
    }

    /// <summary>The surrogate's forward value is the code, and it turns without stretching: else it is no rotation.</summary>
    [TestCase("one")]
    [TestCase("two")]
    public void ScaledRotation_OfAVectorOntoItsCode_TakesItThereAndKeepsAngles(string key)
    {
        var (z, code) = (Tensors.Normal("z" + key, 4).ToDoubles(), Tensors.Normal("code" + key, 4).ToDoubles());
        var matrix = Estimators.ScaledRotation(z, code);
        var gram = matrix.TransposeThisAndMultiply(matrix);
        var stretch = code.Sum(c => c * c) / z.Sum(c => c * c);
        var roundings = 256 * Estimate.Unit;

        for (var i = 0; i < 4; i++)
        {
            Assert.That(matrix.Row(i).Zip(z, (r, v) => r * v).Sum(), Is.EqualTo(code[i]).Within(roundings * 8));
            for (var j = 0; j < 4; j++)
            {
                Assert.That(gram[i, j], Is.EqualTo(i == j ? stretch : 0).Within(roundings * (1 + stretch)));
            }
        }
    }

    /// <summary>Told of another choice, the reference answers for that one: the code that an implementation legally took.</summary>
    [Test]
    public void VqQuantize_ForAGivenChoice_AnswersForIt()
    {
        var codebook = new Tensor([3, 1], [-1.0, 1, 5]);
        var reference = new ReferenceKernels(choice: Tensors.Whole(1));

        var (quantized, indices) = reference.VqQuantize(new Tensor([1, 1], [0.0]), codebook);

        Assert.That((quantized![0], indices![0]), Is.EqualTo((1.0, 1.0)));
    }
}

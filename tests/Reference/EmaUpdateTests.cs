using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class EmaUpdateTests
{
    private const double Decay = 0.75;
    private const double Epsilon = 0.125;
    private const int Steps = 4;
    private static readonly Tensor Counts = Tensors.Uniform("counts", 0.25, 4.25, 4);
    private static readonly Tensor Sums = Tensors.Normal("sums", 4, 3);
    private static readonly Tensor Z = Tensors.Normal("z", 8, 3);
    private static readonly Tensor Indices = Tensors.Whole(0, 2, 0, 3, 0, 3, 0, 2);

    /// <summary>γ^T of what was, and (1 − γ) γ^(T − 1 − t) of batch t: no step is taken after another.</summary>
    [SecondRoute("ema_update")]
    [Test]
    public void EmaUpdate_SeveralSteps_IsTheGeometricSeriesOfTheBatches()
    {
        var (counts, sums) = (Counts, Sums);
        for (var t = 0; t < Steps; t++)
        {
            (counts, sums, _) = new ReferenceKernels().EmaUpdate(counts!, sums!, Batch(t), Indices, Decay, Epsilon);
        }

        Agreement.Of(counts!, [.. Enumerable.Range(0, 4).Select(k => Series(Counts[k], _ => Members(k).Length))]);
        Agreement.Of(sums!, [.. Enumerable.Range(0, 12).Select(e => Series(Sums[e], t => Members(e / 3).Sum(i => Batch(t)[i, e % 3])))]);
    }

    /// <summary>What the sums are divided by is in proportion to N + ε and adds up to ΣN: that leaves no other.</summary>
    [SecondRoute("ema_update")]
    [TestCase(0.125)]
    [TestCase(2.0)]
    [TestCase(0.0)]
    public void EmaUpdate_Divisors_KeepTheTotalInProportionToTheLiftedCounts(double epsilon)
    {
        var (counts, sums, codebook) = new ReferenceKernels().EmaUpdate(Counts, Sums, Z, Indices, Decay, epsilon);

        var divisors = Enumerable.Range(0, 4).Select(k => Estimate.Computed(sums![k, 0] / codebook![k, 0])).ToArray();
        Same(Estimate.Sum(divisors), Estimate.Sum(counts!.ToDoubles()));
        for (var k = 1; k < 4; k++)
        {
            Same((counts![0] + epsilon) * divisors[k], (counts[k] + epsilon) * divisors[0]);
        }

        for (var i = 0; i < sums!.Count; i++)
        {
            Same(codebook![i] * divisors[i / 3], sums[i]);
        }
    }

    [SecondRoute("ema_update_masked")]
    [Test]
    public void EmaUpdateMasked_SomeRows_IsTheUpdateOfTheOthersAlone()
    {
        int[] kept = [0, 1, 3, 6];
        var mask = Tensors.Of([8], i => kept.Contains(i) ? 1 : 0);

        var (counts, sums, codebook) = new ReferenceKernels().EmaUpdateMasked(Counts, Sums, Z, Indices, mask, Decay, Epsilon);

        var alone = new ReferenceKernels().EmaUpdate(
            Counts, Sums, new Tensor([4, 3], [.. kept.SelectMany(Z.RowOf)]), Tensors.Whole([.. kept.Select(i => Indices.Int64[i])]), Decay, Epsilon);
        Agreement.Exactly(counts!, alone.NewCounts!.ToDoubles());
        Agreement.Exactly(sums!, alone.NewSums!.ToDoubles());
        Agreement.Exactly(codebook!, alone.NewCodebook!.ToDoubles());
    }

    /// <summary>Who holds a vector does not matter: dealt out in any way it is one batch. The grid's sums are exact.</summary>
    [SecondRoute("ema_update_shards")]
    [TestCase(2)]
    [TestCase(4)]
    public void EmaUpdateShards_VectorsDealtOut_IsTheUpdateOfOneBatch(int shards)
    {
        int[] dealt = [.. Enumerable.Range(0, 8).OrderBy(i => i % shards)];
        var z = new Tensor([shards, 8 / shards, 3], [.. dealt.SelectMany(Z.RowOf)]);
        var indices = new Tensor([shards, 8 / shards], [.. dealt.Select(i => Indices.Int64[i])]);

        var (counts, sums, codebook) = new ReferenceKernels().EmaUpdateShards(Counts, Sums, z, indices, Decay, Epsilon);

        var one = new ReferenceKernels().EmaUpdate(Counts, Sums, Z, Indices, Decay, Epsilon);
        Agreement.Exactly(counts!, one.NewCounts!.ToDoubles());
        Agreement.Exactly(sums!, one.NewSums!.ToDoubles());
        Agreement.Exactly(codebook!, one.NewCodebook!.ToDoubles());
    }

    /// <summary>The same batch over and over: a code in use ends in the mean of its vectors.</summary>
    [Test]
    public void EmaUpdate_SameBatchForever_EndsInTheMeans()
    {
        var (counts, sums, codebook) = (Counts, Sums, Sums);
        for (var t = 0; t < 400; t++)
        {
            (counts, sums, codebook) = new ReferenceKernels().EmaUpdate(counts!, sums!, Z, Indices, Decay, epsilon: Math.ScaleB(1, -30));
        }

        var mean = Members(0).Average(i => Z[i, 1]);
        Assert.That(codebook![0, 1], Is.EqualTo(mean).Within(Agreement.Seen));
    }

    [Test]
    public void EmaUpdateMasked_MaskBetweenZeroAndOne_IsRefused() =>
        Assert.That(
            () => new ReferenceKernels().EmaUpdateMasked(Counts, Sums, Z, Indices, Tensors.Of([8], _ => 0.5), Decay, Epsilon),
            Throws.TypeOf<RefusalException>());

    [Test]
    public void EmaUpdate_NegativeCount_IsRefused() =>
        Assert.That(() => new ReferenceKernels().EmaUpdate(Counts.With(1, -1), Sums, Z, Indices, Decay, Epsilon), Throws.TypeOf<RefusalException>());

    private static int[] Members(int code) => [.. Enumerable.Range(0, 8).Where(i => Indices.Int64[i] == code)];

    private static Tensor Batch(int t) => Tensors.Normal($"z{t}", 8, 3);

    private static Estimate Series(double start, Func<int, double> batch) => Estimate.Sum(
        Enumerable.Range(0, Steps).Select(t => (1 - Decay) * Math.Pow(Decay, Steps - 1 - t) * batch(t)).Append(Math.Pow(Decay, Steps) * start));

    private static void Same(Estimate a, Estimate b) => Agreement.Within(a.Value, b, a.Error, "divisors");
}

using System.Numerics;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ResidualStagesTests
{
    private const int Stages = 3, Codes = 6, Width = 2, Samples = 8;
    private static readonly Tensor Z = Tensors.Normal("z", Samples, Width);
    private static readonly Tensor Books = Tensors.Normal("books", Stages, Codes, Width);
    private static readonly Tensor Kept = Tensors.Whole(1, 2, 3, 1, 3, 2, 2, 1);

    /// <summary>A sample that keeps k stages, quantized by a quantizer that has no more: draws lie on a grid, and nothing rounds.</summary>
    [SecondRoute("rvq_quantize_dropout")]
    [Test]
    public void RvqQuantizeDropout_SampleBySample_IsAQuantizerOfFewerStages()
    {
        var (quantized, indices) = new ReferenceKernels().RvqQuantizeDropout(Z, Books, Kept);

        for (var n = 0; n < Samples; n++)
        {
            var (left, path) = (Z.RowOf(n), new List<double>());
            for (var s = 0; s < Kept[n]; s++)
            {
                var book = Book(s);
                path.Add(NearestCode.Of(left, book));
                left = [.. left.Zip(book.RowOf((int)path[^1]), (r, e) => r - e)];
            }

            Assert.That(indices!.RowOf(n), Is.EqualTo(path.Concat(Enumerable.Repeat(-1.0, Stages - path.Count))), $"sample {n}");
            Assert.That(quantized!.RowOf(n), Is.EqualTo(Z.RowOf(n).Zip(left, (z, r) => z - r)), $"sample {n}");
        }
    }

    [SecondRoute("rvq_quantize_dropout.vjp")]
    [Test]
    public void RvqQuantizeDropoutVjp_WithTheStopGradientFrozen_IsTheSlopeOfOneStraightThrough()
    {
        var upstream = Tensors.Normal("upstream", Samples, Width);
        var reference = new ReferenceKernels();
        var stopped = reference.RvqQuantizeDropout(Z, Books, Kept).Quantized!.ToDoubles().Zip(Z.ToDoubles(), (q, z) => q - z).ToArray();

        var (dZ, dBooks) = reference.RvqQuantizeDropoutVjp(Z, Books, Kept, upstream);

        Agreement.Of(dZ!, CentralDifference.Gradient(Z, moved => Estimate.Sum(stopped.Select((d, i) => upstream[i] * (moved[i] + d)))));
        Assert.That(dBooks!.ToDoubles(), Is.All.Zero);
    }

    /// <summary>The codes counted one by one, as a whole number however large.</summary>
    [SecondRoute("rvq_capacity_bits")]
    [TestCase(1024, 8)]
    [TestCase(1000, 3)]
    [TestCase(3, 200)]
    [TestCase(1, 4)]
    public void RvqCapacityBits_OfTheNumberOfCodes_IsItsLogarithm(int size, int stages) =>
        Agreement.Of(new ReferenceKernels().RvqCapacityBits(size, stages), Estimate.Computed(BigInteger.Log(BigInteger.Pow(size, stages)) / Math.Log(2)));

    /// <summary>The same codebook at each stage, the residuals listed, and one ema_update of the list.</summary>
    [SecondRoute("rvq_shared_train_step")]
    [Test]
    public void RvqSharedTrainStep_ResidualsListed_IsOneUpdateOfThemAll()
    {
        var (codebook, sums, counts) = (Book(0), Book(1), Tensors.Uniform("counts", 0.5, 4.5, Codes));
        var (rows, taken) = (new List<double[]>(), new List<long>());
        for (var n = 0; n < Samples; n++)
        {
            var left = Z.RowOf(n);
            for (var s = 0; s < Stages; s++)
            {
                rows.Add(left);
                taken.Add(NearestCode.Of(left, codebook));
                left = [.. left.Zip(codebook.RowOf((int)taken[^1]), (r, e) => r - e)];
            }
        }

        var step = new ReferenceKernels().RvqSharedTrainStep(Z, codebook, counts, sums, Stages, decay: 0.75, epsilon: 0.125);

        var (newCounts, newSums, newCodebook) = new ReferenceKernels().EmaUpdate(
            counts, sums, new Tensor([rows.Count, Width], [.. rows.SelectMany(r => r)]), Tensors.Whole([.. taken]), decay: 0.75, epsilon: 0.125);
        Agreement.Exactly(step.Indices!, [.. taken.Select(k => (double)k)]);
        Agreement.Exactly(step.NewCounts!, newCounts!.ToDoubles());
        Agreement.Exactly(step.NewSums!, newSums!.ToDoubles());
        Agreement.Exactly(step.NewCodebook!, newCodebook!.ToDoubles());
        Agreement.Exactly(step.Quantized!, [.. taken.Chunk(Stages).SelectMany(path =>
            Enumerable.Range(0, Width).Select(j => path.Sum(k => codebook[(int)k, j])))]);
    }

    /// <summary>Residuals in float32 less a straight-through code, r − (r + (q − r)), of vectors that no grid holds.</summary>
    [Test]
    public void Bound_OfTheSharedStepInFloat32_Holds()
    {
        var (codebook, sums, counts) = (Thirds(Book(0)), Thirds(Book(1)), Tensors.Uniform("counts", 0.5, 4.5, Codes));
        var z = Thirds(Z);
        var answer = new ReferenceKernels().RvqSharedTrainStep(z, codebook, counts, sums, Stages, decay: 0.75, epsilon: 0.125);
        var left = z.ToDoubles().Select(v => (float)v).ToArray();
        var quantized = new float[left.Length];
        var taken = Enumerable.Range(0, Codes * Width).Select(_ => new List<float>()).ToArray();
        for (var s = 0; s < Stages; s++)
        {
            for (var i = 0; i < left.Length; i++)
            {
                var k = (int)answer.Indices![i / Width, s];
                var code = left[i] + ((float)codebook[k, i % Width] - left[i]);
                taken[(k * Width) + (i % Width)].Add(left[i]);
                quantized[i] += code;
                left[i] -= code;
            }
        }

        foreach (var order in SinglePrecision.Orders)
        {
            var learned = taken.Select((v, e) => (double)((0.75f * (float)sums[e]) + (0.25f * (v.Count == 0 ? 0 : order([.. v])))));

            Assert.That(SinglePrecision.Beyond(answer.NewSums!, [.. learned]), Is.Empty);
        }

        Assert.That(SinglePrecision.Beyond(answer.Quantized!, [.. quantized.Select(q => (double)q)]), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(4)]
    public void RvqQuantizeDropout_StagesThatAreNotThere_AreRefused(long kept) =>
        Assert.That(
            () => new ReferenceKernels().RvqQuantizeDropout(Z, Books, Tensors.Whole([kept, .. Enumerable.Repeat(1L, Samples - 1)])),
            Throws.TypeOf<RefusalException>());

    /// <summary>Float32 numbers whose sums and differences round.</summary>
    private static Tensor Thirds(Tensor tensor) => Tensors.Of(tensor.Shape.ToArray(), i => (float)(tensor[i] / 3));

    private static Tensor Book(int stage) => Tensors.Of([Codes, Width], i => Books[(stage * Codes * Width) + i]);
}

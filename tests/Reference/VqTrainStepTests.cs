using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class VqTrainStepTests
{
    private const double Decay = 0.75;
    private const double Epsilon = 0.125;
    private const double Threshold = 0.75;
    private static readonly Tensor Codebook = Tensors.Normal("codebook", 6, 3);
    private static readonly Tensor Sums = Tensors.Normal("sums", 6, 3);
    private static readonly Tensor Counts = Tensors.Vector(2, 0.5, 0.625, 1.5, 0.25, 0.875);
    private static readonly Tensor Candidates = Tensors.Normal("candidates", 6, 3);

    /// <summary>A queue of candidates, and every code asked in turn.</summary>
    [SecondRoute("revive")]
    [TestCase(0.0)]
    [TestCase(0.625)]
    [TestCase(1.0)]
    [TestCase(9.0)]
    public void Revive_CodeByCode_ServesTheDeadFromAQueue(double threshold)
    {
        const double Reset = 1.25;
        var queue = new Queue<double[]>(Enumerable.Range(0, 6).Select(Candidates.RowOf));
        var (codes, counts, sums) = (new List<double>(), new List<double>(), new List<double>());
        for (var k = 0; k < 6; k++)
        {
            var taken = Counts[k] < threshold ? queue.Dequeue() : null;
            codes.AddRange(taken ?? Codebook.RowOf(k));
            counts.Add(taken is null ? Counts[k] : Reset);
            sums.AddRange(taken?.Select(c => c * Reset) ?? Sums.RowOf(k));
        }

        var revived = new ReferenceKernels().Revive(Codebook, Counts, Sums, Candidates, threshold, Reset);

        Agreement.Exactly(revived.NewCodebook!, codes);
        Agreement.Exactly(revived.NewCounts!, counts);
        Agreement.Exactly(revived.NewSums!, sums);
    }

    [SecondRoute("vq_train_step")]
    [Test]
    public void VqTrainStep_Training_IsItsPartsInTheirOrder()
    {
        var z = Tensors.Normal("z", 5, 3);
        var nearest = NearestCode.Of(z, Codebook);
        var kernels = new ReferenceKernels();

        var step = kernels.VqTrainStep(z, Codebook, Counts, Sums, Candidates, Decay, Epsilon, Threshold, training: 1);

        var (counts, sums, codebook) = kernels.EmaUpdate(Counts, Sums, z, Tensors.Whole([.. nearest.Select(k => (long)k)]), Decay, Epsilon);
        var revived = kernels.Revive(codebook!, counts!, sums!, Candidates, Threshold, Threshold);
        Assert.That(step.Indices!.Int64.ToArray(), Is.EqualTo(nearest));
        Agreement.Exactly(step.Quantized!, [.. nearest.SelectMany(Codebook.RowOf)]);
        Agreement.Exactly(step.NewCodebook!, revived.NewCodebook!.ToDoubles());
        Agreement.Exactly(step.NewCounts!, revived.NewCounts!.ToDoubles());
        Agreement.Exactly(step.NewSums!, revived.NewSums!.ToDoubles());
    }

    [Test]
    public void VqTrainStep_Evaluation_LeavesTheStateAlone()
    {
        var step = new ReferenceKernels().VqTrainStep(Tensors.Normal("z", 5, 3), Codebook, Counts, Sums, Candidates, Decay, Epsilon, Threshold, training: 0);

        Agreement.Exactly(step.NewCodebook!, Codebook.ToDoubles());
        Agreement.Exactly(step.NewCounts!, Counts.ToDoubles());
        Agreement.Exactly(step.NewSums!, Sums.ToDoubles());
    }

    [SecondRoute("vq_train_steps")]
    [Test]
    public void VqTrainSteps_ThreeSteps_AreOneAfterAnother()
    {
        var (z, candidates) = (Tensors.Normal("z", 3, 5, 3), Tensors.Normal("candidates", 3, 6, 3));
        var kernels = new ReferenceKernels();
        var (codebook, counts, sums) = (Codebook, Counts, Sums);
        var indices = new List<double>();
        for (var t = 0; t < 3; t++)
        {
            var step = kernels.VqTrainStep(
                new Tensor([5, 3], z.RowOf(t)), codebook!, counts!, sums!, new Tensor([6, 3], candidates.RowOf(t)), Decay, Epsilon, Threshold, training: 1);
            indices.AddRange(step.Indices!.ToDoubles());
            (codebook, counts, sums) = (step.NewCodebook!, step.NewCounts!, step.NewSums!);
        }

        var all = kernels.VqTrainSteps(z, Codebook, Counts, Sums, candidates, Decay, Epsilon, Threshold);

        Agreement.Exactly(all.Indices!, indices);
        Agreement.Exactly(all.NewCodebook!, codebook.ToDoubles());
        Agreement.Exactly(all.NewCounts!, counts.ToDoubles());
        Agreement.Exactly(all.NewSums!, sums.ToDoubles());
    }

    /// <summary>Judged at its own choice, an implementation that broke a tie the other way is answered for that tie.</summary>
    [Test]
    public void VqTrainSteps_GivenAChoice_AnswersForIt()
    {
        var choice = new Tensor([2, 1], [1L, 0L]);
        var codebook = new Tensor([2, 1], [-1.0, 1]);

        var steps = new ReferenceKernels(choice: choice).VqTrainSteps(
            new Tensor([2, 1, 1], new double[2]), codebook, Tensors.Vector(1, 1), codebook, new Tensor([2, 1, 1], new double[2]), 0.5, 0, 0);

        Agreement.Exactly(steps.Indices!, 1, 0);
        Agreement.Exactly(steps.NewCounts!, 0.75, 0.5);
    }
}

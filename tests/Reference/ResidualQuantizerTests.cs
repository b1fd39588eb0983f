using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ResidualQuantizerTests
{
    private const int Stages = 3, Codes = 6, Width = 2;
    private static readonly Tensor Z = Tensors.Normal("z", 11, Width);
    private static readonly Tensor Books = Tensors.Normal("books", Stages, Codes, Width);
    private static readonly Tensor Upstream = Tensors.Normal("upstream", 11, Width);

    /// <summary>Draws lie on a grid, so residuals and distances are whole numbers: no stage rounds anything.</summary>
    [SecondRoute("rvq_quantize")]
    [Test]
    public void RvqQuantize_OnTheGrid_TakesTheNearestCodeOfWhatIsLeft()
    {
        var (quantized, indices) = new ReferenceKernels().RvqQuantize(Z, Books);

        for (var n = 0; n < Z.Shape[0]; n++)
        {
            var left = Z.RowOf(n);
            foreach (var (path, stage) in Path(n).Select((k, s) => (k, s)))
            {
                Assert.That(indices![n, stage], Is.EqualTo(path), $"sample {n}, stage {stage}");
                left = [.. left.Zip(Code(stage, path), (r, e) => r - e)];
            }

            Assert.That(quantized!.RowOf(n), Is.EqualTo(Z.RowOf(n).Zip(left, (z, r) => z - r)));
        }
    }

    [SecondRoute("rvq_quantize.vjp")]
    [Test]
    public void RvqQuantizeVjp_WithTheStopGradientFrozen_IsTheSlopeOfOneStraightThrough()
    {
        var (dZ, dBooks) = new ReferenceKernels().RvqQuantizeVjp(Z, Books, Upstream);

        // z + sg(Σ q − z): what is stopped stays where it was, wherever z and the codes go.
        var stopped = Enumerable.Range(0, Z.Count).Select(i => Sum(i / Width, i % Width) - Z[i]).ToArray();
        Agreement.Of(dZ!, CentralDifference.Gradient(Z, z => Estimate.Sum(stopped.Select((d, i) => Upstream[i] * (z[i] + d)))));
        Assert.That(dBooks!.ToDoubles(), Is.All.Zero);
        Assert.That(dBooks.SameShape(Books));
    }

    /// <summary>A row of a one-hot matrix for each index, a zero row for −1, times the tables on top of one another.</summary>
    [SecondRoute("rvq_decode")]
    [Test]
    public void RvqDecode_WithDroppedStages_IsAOneHotProduct()
    {
        var indices = Dropping();
        var decoded = new ReferenceKernels().RvqDecode(indices, Books);

        var product = from n in Enumerable.Range(0, indices.Shape[0])
                      from j in Enumerable.Range(0, Width)
                      select (from row in Enumerable.Range(0, Stages * Codes)
                              let isHot = indices[n, row / Codes] == row % Codes
                              select (isHot ? 1 : 0) * Books[(row * Width) + j]).Sum();
        Agreement.Exactly(decoded, [.. product]);
    }

    [SecondRoute("rvq_decode.vjp")]
    [Test]
    public void RvqDecodeVjp_WithDroppedStages_FollowsCentralDifferences() =>
        CentralDifference.Agrees("rvq_decode", new Dictionary<string, Tensor> { ["indices"] = Dropping(), ["codebooks"] = Books });

    [SecondRoute("rvq_loss")]
    [Test]
    public void RvqLoss_OnTheGrid_IsTheDistanceOfEveryStageInWholeNumbers()
    {
        var loss = new ReferenceKernels().RvqLoss(Z, Books);

        Agreement.Of(loss, [.. Enumerable.Range(0, Z.Shape[0]).Select(n => (Estimate)Enumerable.Range(0, Stages)
            .Sum(s => Grid.Value(Grid.SquaredDistance(Z.RowOf(n), Upto(n, s + 1)), power: 2)))]);
    }

    [SecondRoute("rvq_loss.vjp")]
    [Test]
    public void RvqLossVjp_WithTheStopGradientsFrozen_FollowsCentralDifferences()
    {
        var weights = Tensors.Normal("weights", Z.Shape[0]);

        var (dZ, dBooks) = new ReferenceKernels().RvqLossVjp(Z, Books, weights);

        // Every code is stopped wherever it stands, so the loss does not move with the codebooks.
        Agreement.Of(dZ!, CentralDifference.Gradient(Z, z => Estimate.Sum(
            from n in Enumerable.Range(0, Z.Shape[0])
            from s in Enumerable.Range(0, Stages)
            from term in z.RowOf(n).Zip(Upto(n, s + 1), (a, q) => Math.Pow(a - q, 2))
            select weights[n] * term)));
        Assert.That(dBooks!.ToDoubles(), Is.All.Zero);
    }

    [SecondRoute("grouped_vq_quantize")]
    [Test]
    public void GroupedVqQuantize_EveryGroup_IsAQuantizerOfItsOwn()
    {
        var z = Tensors.Normal("grouped", 9, Stages * Width);
        var (quantized, indices) = new ReferenceKernels().GroupedVqQuantize(z, Books);

        for (var n = 0; n < z.Shape[0]; n++)
        {
            var chunks = z.RowOf(n).Chunk(Width).ToArray();
            int[] taken = [.. chunks.Select((chunk, g) => NearestCode.Of(chunk, Book(g)))];
            Assert.That(Enumerable.Range(0, Stages).Select(g => indices![n, g]), Is.EqualTo(taken));
            Assert.That(quantized!.RowOf(n), Is.EqualTo(taken.SelectMany((k, g) => Code(g, k))));
        }
    }

    [SecondRoute("grouped_vq_quantize.vjp")]
    [Test]
    public void GroupedVqQuantizeVjp_WithTheStopGradientFrozen_IsTheIdentity()
    {
        var (z, upstream) = (Tensors.Normal("grouped", 9, Stages * Width), Tensors.Normal("grouped upstream", 9, Stages * Width));
        var reference = new ReferenceKernels();
        var stopped = reference.GroupedVqQuantize(z, Books).Quantized!.ToDoubles().Zip(z.ToDoubles(), (q, a) => q - a).ToArray();

        var (dZ, dBooks) = reference.GroupedVqQuantizeVjp(z, Books, upstream);

        Agreement.Of(dZ!, CentralDifference.Gradient(z, moved => Estimate.Sum(stopped.Select((d, i) => upstream[i] * (moved[i] + d)))));
        Assert.That(dBooks!.ToDoubles(), Is.All.Zero);
    }

    /// <summary>The other code of a tie leaves another residual, and the code that this one takes is legal too.</summary>
    [Test]
    public void RvqQuantize_TieAtTheFirstStage_BringsTheLaterCodeOfEitherChoice()
    {
        var books = new Tensor([2, 2, 1], [1.0, -1, -0.75, 0.75]);

        var (_, indices) = new ReferenceKernels().RvqQuantize(new Tensor([1, 1], [0.0]), books);

        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(new[] { 0, 0 }));
        Assert.That(indices.Tolerance!.Alternatives.Select(a => (a.Element, a.Value, a.Gap)), Is.EquivalentTo(new[] { (0, 1.0, 0.0), (1, 1.0, 0.0) }));
    }

    [TestCase(-2)]
    [TestCase(6)]
    public void RvqDecode_AnIndexThatIsNoCode_IsRefused(long index) =>
        Assert.That(() => new ReferenceKernels().RvqDecode(new Tensor([1, 3], [0, index, 0]), Books), Throws.TypeOf<RefusalException>());

    [Test]
    public void GroupedVqQuantize_GroupsThatDoNotMakeUpTheVector_AreRefused() =>
        Assert.That(() => new ReferenceKernels().GroupedVqQuantize(Z, Books), Throws.TypeOf<RefusalException>());

    private static Tensor Dropping() => new([4, Stages], [0, 5, -1, 3, -1, 2, 0, 5, 4, -1, -1, -1]);

    private static Tensor Book(int stage) => Tensors.Of([Codes, Width], i => Books[(stage * Codes * Width) + i]);

    private static double[] Code(int stage, int code) => Book(stage).RowOf(code);

    private static int[] Path(int sample)
    {
        var left = Z.RowOf(sample);
        return [.. Enumerable.Range(0, Stages).Select(s =>
        {
            var k = NearestCode.Of(left, Book(s));
            left = [.. left.Zip(Code(s, k), (r, e) => r - e)];
            return k;
        })];
    }

    /// <summary>The sum of the first codes of a sample.</summary>
    private static double[] Upto(int sample, int stages)
    {
        var path = Path(sample);
        return [.. Enumerable.Range(0, Width).Select(j => Enumerable.Range(0, stages).Sum(s => Code(s, path[s])[j]))];
    }

    private static double Sum(int sample, int dimension) => Upto(sample, Stages)[dimension];
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>What a uniform stands for: rows for dead codes, stages to keep.</summary>
[TestFixture]
public sealed class UniformDrawTests
{
    private static readonly double[] Uniforms = [0, 0.0625, 0.25, 0.390625, 0.5, 0.734375, 0.75, 0.99609375];

    /// <summary>How many of the borders k/Q, k = 0 … Q − 1, u has reached, in 256ths: nothing is rounded.</summary>
    [SecondRoute("quantizer_dropout_stages")]
    [TestCase(1)]
    [TestCase(4)]
    [TestCase(7)]
    public void QuantizerDropoutStages_AgainstTheBorders_CountsThoseReached(int stages) =>
        Agreement.Exactly(new ReferenceKernels().QuantizerDropoutStages(Tensors.Vector(Uniforms), stages), [.. Uniforms.Select(u => (double)Reached(u, stages))]);

    [SecondRoute("sample_rows")]
    [TestCase(0, 1, 2, 3, 4, 5)]
    [TestCase(1, 2, 4)]
    [TestCase(5)]
    public void SampleRows_ValidRowsLinedUp_AreTakenByTheirBorders(params int[] valid)
    {
        var z = Tensors.Normal("z", 6, 3);
        var mask = Tensors.Of([6], i => valid.Contains(i) ? 1 : 0);

        var (rows, indices) = new ReferenceKernels().SampleRows(z, mask, Tensors.Vector(Uniforms));

        int[] taken = [.. Uniforms.Select(u => valid[Reached(u, valid.Length) - 1])];
        Agreement.Exactly(indices!, [.. taken.Select(i => (double)i)]);
        Agreement.Exactly(rows!, [.. taken.SelectMany(z.RowOf)]);
    }

    /// <summary>The heads' batches laid out as lists of rows; then every worker in turn is given the same ones.</summary>
    [SecondRoute("revival_rows")]
    [Test]
    public void RevivalRows_JoinedBatches_AreTheSameOnEveryWorker()
    {
        const int Workers = 3, Heads = 2, Rows = 4, Width = 2, Draws = 5;
        var z = Tensors.Normal("z", Workers, Heads, Rows, Width);
        var uniforms = Tensors.Of([Workers, Heads, Draws], i => Uniforms[i * 5 % 8]);
        double[][][] joined = [.. Enumerable.Range(0, Heads).Select(h => z.ToDoubles().Chunk(Width)
            .Where((_, place) => place / Rows % Heads == h).ToArray())];

        var (rows, indices) = new ReferenceKernels().RevivalRows(z, uniforms);

        int[] told = [.. Enumerable.Range(0, Heads * Draws).Select(i => Reached(uniforms[i], Workers * Rows) - 1)];
        Agreement.Exactly(indices!, [.. Enumerable.Range(0, Workers).SelectMany(_ => told).Select(k => (double)k)]);
        Agreement.Exactly(rows!, [.. Enumerable.Range(0, Workers).SelectMany(_ => told.SelectMany((k, i) => joined[i / Draws][k]))]);
    }

    /// <summary>The product rounds up to a whole number at most: the row above may be taken, the row below and row n never.</summary>
    [Test]
    public void QuantizerDropoutStages_JustBelowABorder_AllowsTheNumberAbove()
    {
        var kept = new ReferenceKernels().QuantizerDropoutStages(Tensors.Vector(Math.BitDecrement(1 / 3.0), Math.BitDecrement(1.0), 0.5), 3);

        Assert.That(kept.Int64.ToArray(), Is.EqualTo(new[] { 1, 3, 2 }));
        Assert.That(kept.Tolerance!.Alternatives.Select(a => (a.Element, a.Value)), Is.EqualTo(new[] { (0, 2.0) }));
    }

    [Test]
    public void RevivalRows_UniformsForOtherHeads_AreRefused() =>
        Assert.That(() => new ReferenceKernels().RevivalRows(Tensors.Normal("z", 1, 2, 3, 4), Tensors.Of([1, 3, 1], _ => 0.5)), Throws.TypeOf<RefusalException>());

    private static int Reached(double uniform, int count) => Enumerable.Range(0, count).Count(k => k * 256L <= (long)(uniform * 256) * count);
}

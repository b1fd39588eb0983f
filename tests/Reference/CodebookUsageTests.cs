using System.Numerics;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class CodebookUsageTests
{
    private const int Size = 9;

    private static readonly long[] Indices = [.. Tensors.Uniform("indices", 0, Size - 2, 24).ToDoubles().Select(v => (long)v)];

    /// <summary>How many are no higher, less how many are lower.</summary>
    [SecondRoute("usage_counts", "utilization")]
    [Test]
    public void Usage_AgainstCumulativeCounts_IsTheirDifference()
    {
        var given = Tensors.Whole(Indices);
        double[] differences = [.. Enumerable.Range(0, Size).Select(k => (double)Array.FindAll(Indices, n => n <= k).Length - Array.FindAll(Indices, n => n < k).Length)];

        Agreement.Exactly(new ReferenceKernels().UsageCounts(given, Size), differences);
        Agreement.Of(new ReferenceKernels().Utilization(given, Size), Estimate.Computed(Indices.ToHashSet().Count / (double)Size));
    }

    /// <summary>Π p^(−p) = Σn / (Π n^n)^(1/Σn), with Π n^n a whole number: no logarithm is taken.</summary>
    [SecondRoute("perplexity")]
    [TestCase(5, 0, 3, 1, 0, 7)]
    [TestCase(4, 4, 4)]
    [TestCase(0, 11, 0)]
    [TestCase(40, 1, 2, 1)]
    public void Perplexity_AsAProductOfPowers_Agrees(params int[] counts)
    {
        var total = counts.Sum();
        var product = counts.Aggregate(BigInteger.One, (p, n) => p * BigInteger.Pow(n, n));

        var perplexity = new ReferenceKernels().Perplexity(Tensors.Whole([.. counts.Select(n => (long)n)]));

        Agreement.Of(perplexity, Estimate.Computed(total / Math.Pow((double)product, 1.0 / total)));
    }

    [SecondRoute("epoch_usage")]
    [Test]
    public void EpochUsage_Batches_ArePooled()
    {
        var epoch = new ReferenceKernels().EpochUsage(new Tensor([4, 6], Indices), Size);

        var counts = Enumerable.Range(0, Size).Select(k => Indices.Count(n => n == k)).ToArray();
        var product = counts.Aggregate(BigInteger.One, (p, n) => p * BigInteger.Pow(n, n));
        Agreement.Exactly(epoch.Counts!, [.. counts.Select(n => (double)n)]);
        Agreement.Of(epoch.Fraction!, Estimate.Computed(counts.Count(n => n > 0) / (double)Size));
        Agreement.Of(epoch.Perplexity!, Estimate.Computed(24 / Math.Pow((double)product, 1.0 / 24)));
    }

    /// <summary>Each column as if there were no other; the perplexity again as Σn / (Π n^n)^(1/Σn).</summary>
    [SecondRoute("utilization_groups", "perplexity_groups")]
    [Test]
    public void Groups_ColumnByColumn_AreCodebooksOfTheirOwn()
    {
        const int Groups = 3;
        long[][] columns = [.. Enumerable.Range(0, Groups).Select(g => Indices.Where((_, i) => i % Groups == g).ToArray())];
        long[][] counts = [.. columns.Select(c => Enumerable.Range(0, Size).Select(k => c.LongCount(n => n == k)).ToArray())];

        var fractions = new ReferenceKernels().UtilizationGroups(new Tensor([Indices.Length / Groups, Groups], Indices), Size);
        var (perplexities, mean) = new ReferenceKernels().PerplexityGroups(new Tensor([Groups, Size], [.. counts.SelectMany(c => c)]));

        Estimate[] products = [.. counts.Select(row => Estimate.Computed(row.Sum() / Math.Pow((double)row.Aggregate(BigInteger.One, (p, n) => p * BigInteger.Pow(n, (int)n)), 1.0 / row.Sum())))];
        Agreement.Of(fractions, [.. columns.Select(c => Estimate.Computed(c.ToHashSet().Count / (double)Size))]);
        Agreement.Of(perplexities!, products);
        Agreement.Of(mean!, Estimate.Sum(products) / Groups);
    }

    [TestCase(0)]
    [TestCase(-3)]
    public void UsageCounts_CodebookWithoutCodes_IsRefused(long size) =>
        Assert.That(() => new ReferenceKernels().UsageCounts(Tensors.Whole(), size), Throws.TypeOf<RefusalException>());
}

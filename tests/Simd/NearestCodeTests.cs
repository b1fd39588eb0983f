using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;
using LatentConformance.Reference;
using LatentConformance.Simd;
using LatentConformance.Tests.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>The search at the sizes where strips and panels end, and where roundoff would decide if it were let.</summary>
[TestFixture]
[NonParallelizable]
public sealed class NearestCodeTests
{
    private static readonly IVectorQuantizer Kernels = new SimdKernels();
    private static readonly ReferenceKernels Reference = new();

    /// <summary>
    /// A panel is of 2 to 32 vectors, below 12 vectors there is none; codes come by 6 or 12. Below 512 vectors a codebook of 1,024 and more is
    /// cut into parts.
    /// </summary>
    [TestCase(1, 1, 1)]
    [TestCase(5, 3, 2)]
    [TestCase(11, 300, 7)]
    [TestCase(12, 33, 16)]
    [TestCase(13, 31, 17)]
    [TestCase(24, 32, 1)]
    [TestCase(37, 65, 5)]
    [TestCase(70, 129, 33)]
    [TestCase(256, 1024, 1)]
    [TestCase(261, 1049, 5)]
    [TestCase(289, 1213, 17)]
    [TestCase(511, 9000, 3)]
    [TestCase(512, 5, 9)]
    [TestCase(545, 1037, 33)]
    [TestCase(40, 1, 3)]
    [TestCase(1030, 12, 4)]
    public void VqAssign_AtAnySize_IsTheReferences(int n, int k, int d) => Holds(Normal("z", n, d), Normal("e", k, d), strict: false);

    /// <summary>All points around 3,000: in float32 the expanded distance has an error of some hundreds there, the differences are of order one.</summary>
    [TestCase(5, 90)]
    [TestCase(60, 90)]
    [TestCase(256, 1024)]
    [TestCase(600, 1030)]
    [TestCase(600, 7)]
    public void VqAssign_FarFromTheOrigin_LosesNothing(int n, int k) =>
        Holds(Moved(Normal("z", n, 12), 3000), Moved(Normal("e", k, 12), 3000), strict: true);

    /// <summary>Each code stands four times, in other lanes and in the same; the vectors lie on codes, and halfway between two.</summary>
    [TestCase(3, 40)]
    [TestCase(36, 40)]
    [TestCase(290, 300)]
    [TestCase(600, 700)]
    public void VqAssign_AmongDuplicates_TakesTheLowest(int n, int k)
    {
        var codes = Normal("e", k, 6).ToDoubles();
        var codebook = new Tensor([4 * k, 6], [.. codes, .. codes, .. codes, .. codes]).As(DType.Float32);
        var z = new Tensor([n, 6], [.. codes[..(n / 2 * 6)], .. codes[(n / 2 * 6)..(n * 6)].Select((v, i) => (v + codes[i]) / 2)]).As(DType.Float32);
        Holds(z, codebook, strict: true);
        Assert.That(Kernels.VqAssign(z, codebook).Int64.ToArray(), Has.All.LessThan(k));
    }

    [TestCase(float.NaN, 40, 70)]
    [TestCase(float.PositiveInfinity, 40, 70)]
    [TestCase(2e38f, 40, 70)]
    [TestCase(float.NaN, 520, 70)]
    [TestCase(float.PositiveInfinity, 520, 70)]
    [TestCase(2e38f, 520, 70)]
    [TestCase(float.NaN, 260, 1100)]
    [TestCase(float.PositiveInfinity, 260, 1100)]
    [TestCase(2e38f, 260, 1100)]
    public void VqAssign_WhatIsNotFinite_SpoilsItsOwnRowOnly(float odd, int n, int k)
    {
        var (z, codebook) = (Normal("z", n, 9), Normal("e", k, 9));
        var values = z.Float32.ToArray();
        values[(17 * 9) + 4] = odd;
        var spoiled = Kernels.VqAssign(new Tensor([n, 9], values), codebook).Int64.ToArray();
        var sound = Kernels.VqAssign(z, codebook).Int64.ToArray();
        spoiled[17] = sound[17];
        Assert.That(spoiled, Is.EqualTo(sound));
    }

    [TestCase(40, 70)]
    [TestCase(260, 1100)]
    [TestCase(600, 1100)]
    public void VqAssign_ACodeThatIsNotANumber_IsTaken(int n, int k)
    {
        var codes = Normal("e", k, 9).Float32.ToArray();
        codes[(33 * 9) + 2] = float.NaN;
        Assert.That(Kernels.VqAssign(Normal("z", n, 9), new Tensor([k, 9], codes)).Int64.ToArray(), Has.All.EqualTo(33));
    }

    /// <summary>Whether a vector comes alone, with others, or as the channels at a position of a map, its code is the same.</summary>
    [TestCase(3, 75)]
    [TestCase(8, 1200)]
    [TestCase(16, 300)]
    public void Search_OfOneOfManyAndOfMaps_Agrees(int maps, int k)
    {
        var (rows, codebook) = (Normal("z", maps * 35, 20), Normal("e", k, 20));
        var all = Kernels.VqAssign(rows, codebook).Int64.ToArray();
        var alone = Enumerable.Range(0, all.Length)
            .Select(i => Kernels.VqAssign(new Tensor([1, 20], rows.Float32.Slice(i * 20, 20).ToArray()), codebook).Int64[0]);
        var map = new float[rows.Count];
        for (var i = 0; i < map.Length; i++)
        {
            var (site, channel) = (i / 20, i % 20);
            map[(((site / 35 * 20) + channel) * 35) + (site % 35)] = rows.Float32[i];
        }

        var (quantized, indices) = Kernels.VqQuantizeMap(new Tensor([maps, 20, 5, 7], map), codebook);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone, Is.EqualTo(all));
            Assert.That(indices!.Int64.ToArray(), Is.EqualTo(all));
            for (var i = 0; i < map.Length; i++)
            {
                var (site, channel) = (i / 20, i % 20);
                Assert.That(quantized!.Float32[(((site / 35 * 20) + channel) * 35) + (site % 35)], Is.EqualTo(codebook.Float32[((int)all[site] * 20) + channel]));
            }
        }
    }

    [TestCase(200)]
    [TestCase(2000)]
    public void Search_OnOneThreadOrTwo_IsTheSameAndAllocatesNothing(int k)
    {
        var (z, codebook, upstream) = (Normal("z", 500, 64), Normal("e", k, 64), Normal("d", 500, 1));
        var (indices, dZ, dCodebook) = (new long[500], new float[z.Count], new float[codebook.Count]);
        var threads = Workers.Threads;
        try
        {
            Call(1);
            var (first, firstZ, firstCodebook) = (indices.ToArray(), dZ.ToArray(), dCodebook.ToArray());
            Call(2);
            Assert.That((indices.SequenceEqual(first), dZ.SequenceEqual(firstZ), dCodebook.SequenceEqual(firstCodebook)), Is.EqualTo((true, true, true)));
            Call(1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Call(1);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
        finally
        {
            Workers.Threads = threads;
        }

        void Call(int n)
        {
            Workers.Threads = n;
            VqAssign.Forward(z.Float32, codebook.Float32, indices, k, 64);
            VqLoss.Vjp(z.Float32, codebook.Float32, 0.25, upstream.Float32, dZ, dCodebook, k, 64);
        }
    }

    private static void Holds(Tensor z, Tensor codebook, bool strict)
    {
        var expected = Reference.VqAssign(z.As(DType.Float64), codebook.As(DType.Float64));
        var field = Catalogue.Standard.Find("vq_assign")!.Outputs[0];
        Assert.That(Judge.Judged(field, expected, Kernels.VqAssign(z, codebook), Precision.Of(DType.Float32), strict).Why, Is.Null);
    }

    private static Tensor Normal(string key, int rows, int columns) => Tensors.Normal(key, rows, columns).As(DType.Float32);

    private static Tensor Moved(Tensor tensor, double by) => new Tensor(tensor.Shape.ToArray(), [.. tensor.ToDoubles().Select(v => v + by)]).As(DType.Float32);
}

using LatentConformance.Simd;
using LatentConformance.Tests.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>What holds of every kernel however it walks: bits that do not depend on threads, no allocation, and results past the caches that are the same.</summary>
[TestFixture]
[NonParallelizable]
public sealed class TraversalTests
{
    /// <summary>Large enough to be shared among threads, and no multiple of anything.</summary>
    private const int Count = 3 * 23 * 1033;

    private static readonly float[] A = Draw("a", -2, 2);
    private static readonly float[] B = Draw("b", -1.5, 1.5);
    private static readonly float[] U = Draw("u", 0.0625, 0.9375);
    private static readonly float[] PerRow = [0.5f, -1.25f, 3];
    private static readonly float[] Loss = new float[3];
    private static readonly float[] Part = new float[3];
    private static readonly float[] First = new float[Count];
    private static readonly float[] Second = new float[Count];
    private static readonly float[] Third = new float[Count];
    private static readonly long[] Indices = new long[Count / 23];
    private static readonly long[] Levels = [8, 5, 4];

    /// <summary>One for each way to walk.</summary>
    private static readonly (string Name, Action Call)[] Calls =
    [
        ("row sums", () => KlStandard.Forward(A, B, Loss)),
        ("row sums, four at once", () => SquaredErrorSum.Forward(A, B, Loss)),
        ("map", () => KlStandard.Vjp(A, B, PerRow, First, Second)),
        ("map of three", () => Reparameterize.Vjp(A, B, U, First, Second, Third)),
        ("map by tables", () => Fsq.Forward(A, Levels, First)),
        ("gradient by tables", () => Fsq.Vjp(A, Levels, B, First)),
        ("signs", () => LfqQuantize.Forward(A, 0.75, First, Indices)),
        ("draws", () => ReparameterizeDraws.Vjp(A, B, U, First, Second, Third)),
        ("rows of digits", () => FsqIndicesToCodes.Forward(Indices.AsSpan(0, 1000), Levels, First.AsSpan(0, 3000))),
        ("softmax", () => GumbelSoftmax.Forward(A, U, 0.625, First, 23)),
        ("softmax backward", () => GumbelSoftmax.Vjp(A, U, 0.625, B, First, 23)),
        ("argmax", () => GumbelSoftmaxHard.Forward(A, U, First, Indices)),
        ("unit vectors", () => BsqQuantize.Vjp(A, B, First, 23)),
        ("losses", () => VaeLossBce.Forward(U, U, A, B, 0.5, Loss, Part, Part)),
    ];

    [Test]
    public void Kernels_OnOneThreadAndOnTwo_GiveTheSameBits()
    {
        var threads = Workers.Threads;
        try
        {
            foreach (var (name, call) in Calls)
            {
                Workers.Threads = 1;
                call();
                var (loss, first, indices) = (Loss.ToArray(), First.ToArray(), Indices.ToArray());
                Workers.Threads = 2;
                call();
                Assert.That((Same(loss, Loss), Same(first, First), indices.AsSpan().SequenceEqual(Indices)), Is.EqualTo((true, true, true)), name);
            }
        }
        finally
        {
            Workers.Threads = threads;
        }
    }

    [Test]
    public void Kernels_CalledAgain_AllocateNothing()
    {
        foreach (var (name, call) in Calls)
        {
            call();
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, name);
        }
    }

    /// <summary>Beyond 2^22 elements results go by way of a buffer; whole arrays and pieces of them are the same numbers.</summary>
    [Test]
    public void Kernels_PastTheCaches_GiveTheSameBits()
    {
        var repeats = ((1 << 22) / Count) + 1;
        float[] Long(float[] of) => [.. Enumerable.Repeat(of, repeats).SelectMany(x => x)];
        var (a, b, u) = (Long(A), Long(B), Long(U));
        var (first, second, third, indices) = (new float[a.Length], new float[a.Length], new float[a.Length], new long[a.Length / 23]);

        Reparameterize.Vjp(a, b, u, first, second, third);
        Reparameterize.Vjp(A, B, U, First, Second, Third);
        Assert.That((Repeats(first, First), Repeats(second, Second), Repeats(third, Third)), Is.EqualTo((true, true, true)));

        // A row further on, where no register's width begins.
        Fsq.Forward(a.AsSpan(3), Levels, first.AsSpan(3));
        Fsq.Forward(A.AsSpan(3), Levels, First.AsSpan(3));
        Assert.That(Same(first.AsSpan(3, Count - 3), First.AsSpan(3)), Is.True);

        LfqQuantize.Forward(a, 0.75, first, indices);
        LfqQuantize.Forward(A, 0.75, First, Indices);
        Assert.That((Repeats(first, First), indices.AsSpan(0, Indices.Length).SequenceEqual(Indices)), Is.EqualTo((true, true)));
    }

    private static bool Repeats(float[] all, float[] one) =>
        Enumerable.Range(0, all.Length / one.Length).All(i => Same(all.AsSpan(i * one.Length, one.Length), one));

    private static bool Same(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => a.SequenceEqual(b);

    private static float[] Draw(string key, double low, double high) => Tensors.Uniform(key, low, high, Count).ToDoubles().Select(v => (float)v).ToArray();
}

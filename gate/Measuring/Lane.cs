using System.Diagnostics;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Measuring;

/// <summary>One side's kernel, ready on every copy of the workload.</summary>
/// <param name="slowed">What a planted slowdown multiplies each time by; 1 for none.</param>
internal sealed class Lane(IKernel kernel, IReadOnlyList<Buffers> copies, Action? synchronize, double slowed)
{
    /// <summary>One of three finds a quiet moment on a busy machine: with it verdicts take a third of the pairs.</summary>
    private const int Samples = 3;

    private readonly Action[] calls = [.. copies.Select(kernel.Call)];

    /// <summary>
    /// Ticks of the least disturbed of a few samples, each of so many calls, on one copy after the other. A call before them is not
    /// timed: what the other side left behind, threads that still look out for work and branches that were learnt, is over by then.
    /// </summary>
    public long Time(int from, int count)
    {
        Call(from, 1);
        var least = long.MaxValue;
        for (var sample = 0; sample < Samples; sample++)
        {
            least = Math.Min(least, Sample(from + 1 + (sample * count), count));
        }

        return least;
    }

    /// <summary>The copies that one timing goes through.</summary>
    public static int Copies(int count) => 1 + (Samples * count);

    private long Sample(int from, int count)
    {
        var start = Stopwatch.GetTimestamp();
        Call(from, count);
        var taken = Stopwatch.GetTimestamp() - start;
        if (slowed > 1)
        {
            var planted = (long)(taken * slowed);
            while ((taken = Stopwatch.GetTimestamp() - start) < planted)
            {
                // Waiting in place of work: a planted slowdown.
            }
        }

        return taken;
    }

    private void Call(int from, int count)
    {
        for (var i = 0; i < count; i++)
        {
            calls[(from + i) % calls.Length]();
        }

        synchronize?.Invoke();
    }

    /// <summary>An output that a call leaves as it was, or null: after many calls a kernel still has to do its work.</summary>
    public string? Unwritten(int copy)
    {
        copies[copy].Poison();
        Call(copy, 1);
        return WorkloadCheck.Unwritten(kernel.Outputs(copies[copy]));
    }

    /// <summary>Bytes that one call allocates, on whatever threads.</summary>
    public long Allocated(int copy)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Call(copy, 1);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}

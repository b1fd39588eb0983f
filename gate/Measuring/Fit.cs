using System.Diagnostics;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Measuring;

/// <summary>
/// A batch cut to fewer rows where a side takes too long for pairs to be many: to so many that the slower side takes about a third of
/// a millisecond, since far below it what is measured is how fast threads wake up.
/// </summary>
internal static class Fit
{
    private const double TooLong = 0.0015;
    private const double Enough = 0.0004;

    public static Workload Of(Workload workload, WorkloadBook book, params IKernel[] kernels)
    {
        if (Rows.Axis(workload.Operation, workload.Inputs) is not { } axis)
        {
            return workload;
        }

        var all = Rows.Count(workload.Operation, workload.Inputs, axis);
        var (rows, cut) = (0, workload);
        for (var next = Math.Max(1, all / 64); next > rows && next < all;)
        {
            (rows, cut) = (next, Cut(next));
            var seconds = kernels.Max(k => Seconds(k, cut));
            next = seconds > TooLong ? rows : (int)Math.Min(all, rows * Math.Clamp(Enough / seconds, 1, 16));
            if (next == all)
            {
                return workload;
            }
        }

        return cut with { Origin = $"{workload.Origin}, {rows} of {all} rows" };

        Workload Cut(int rows) => book.Of(workload.Operation, Rows.Take(workload.Operation, workload.Inputs, axis, [.. Enumerable.Range(0, rows)]), workload.Origin);
    }

    private static double Seconds(IKernel kernel, Workload workload)
    {
        var call = kernel.Call(new Buffers(workload));
        call();
        var least = double.PositiveInfinity;
        for (var i = 0; i < 3; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return least;
    }
}

using System.Diagnostics;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Measuring;

/// <summary>A batch cut to fewer rows where a side takes too long for pairs to be many.</summary>
internal static class Fit
{
    private const double TooLong = 0.05;
    private const double Enough = 0.005;

    public static Workload Of(Workload workload, WorkloadBook book, params IKernel[] kernels)
    {
        if (Rows.Axis(workload.Operation, workload.Inputs) is not { } axis)
        {
            return workload;
        }

        var all = Rows.Count(workload.Operation, workload.Inputs, axis);
        var tried = Math.Max(1, all / 64);
        var few = Cut(tried);
        var perRow = kernels.Max(k => Seconds(k, few)) / tried;
        if (perRow * all <= TooLong)
        {
            return workload;
        }

        var rows = Math.Clamp((int)(Enough / perRow), 1, all);
        return Cut(rows) with { Origin = $"{workload.Origin}, {rows} of {all} rows" };

        Workload Cut(int rows) => book.Of(workload.Operation, Rows.Take(workload.Operation, workload.Inputs, axis, [.. Enumerable.Range(0, rows)]), workload.Origin);
    }

    private static double Seconds(IKernel kernel, Workload workload)
    {
        var call = kernel.Call(new Buffers(workload));
        call();
        var start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

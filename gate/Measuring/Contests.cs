using System.Diagnostics.CodeAnalysis;
using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Gate.Measuring;

/// <summary>
/// All operations of a run, interleaved: in each round both builds are loaded anew, and what is not decided yet takes turns, a few
/// pairs at a time, until all is decided or the time is up.
/// </summary>
internal sealed class Contests(KernelSource candidate, KernelSource baseline, Random coin)
{
    /// <summary>Little at first: where a call waits for a busy core, a few rounds must still be had.</summary>
    private const int FirstTurns = 2;

    /// <summary>Rounds are what a verdict is made of, so they are many and short; as long as loading the code takes, and their medians settle.</summary>
    private const int Turns = 8;
    private const int PairsATurn = 2;

    public void Run(IReadOnlyList<Contest> all, Func<bool> isTimeUp, CancellationToken stop)
    {
        KernelSet? ours = null, theirs = null;
        var last = false;
        var round = 0;
        while (!last && all.Any(c => c.IsOpen))
        {
            Reopen(ref ours, ref theirs);
            Contest[] open = [.. all.Where(c => c.IsOpen)];
            var bytes = open.Sum(c => c.Workload.Bytes);
            foreach (var contest in open)
            {
                contest.Prepare(ours, theirs, bytes);
            }

            last = !TakeTurns(open, round++ < Decision.FewestRounds ? FirstTurns : Turns, isTimeUp, stop);
            foreach (var contest in open)
            {
                contest.Decide(last);
            }

            GC.Collect();
        }

        ours?.Dispose();
        theirs?.Dispose();
    }

    /// <summary>False once the time is up.</summary>
    private static bool TakeTurns(Contest[] open, int turns, Func<bool> isTimeUp, CancellationToken stop)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var contest in open)
            {
                stop.ThrowIfCancellationRequested();
                for (var pair = 0; pair < PairsATurn; pair++)
                {
                    contest.Pair();
                }

                if (isTimeUp())
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Reopen([NotNull] ref KernelSet? ours, [NotNull] ref KernelSet? theirs)
    {
        if (coin.Next(2) == 0)
        {
            ours = Again(candidate, ours);
            theirs = Again(baseline, theirs);
        }
        else
        {
            theirs = Again(baseline, theirs);
            ours = Again(candidate, ours);
        }
    }

    /// <summary>What drives a device is loaded once: its native half does not know of a second loading.</summary>
    private static KernelSet Again(KernelSource source, KernelSet? before)
    {
        if (before is { Synchronize: not null })
        {
            return before;
        }

        before?.Dispose();
        return source.Open();
    }
}

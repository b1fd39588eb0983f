using System.Diagnostics;
using LatentConformance.Contract;
using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Measuring;

/// <summary>One operation, candidate against baseline: pairs of times, each pair in an order that a coin decides.</summary>
internal sealed class Contest(Workload workload, Decision decision, double slowed, Random coin)
{
    private const double ShortestSample = 100e-6;
    private const int FewestCopies = 5;
    private const int MostCopies = 256;

    private readonly List<List<double>> rounds = [];
    private readonly List<double> candidateSeconds = [];
    private readonly List<double> baselineSeconds = [];
    private readonly List<Buffers> copies = [];
    private Lane? candidate;
    private Lane? baseline;
    private int next;
    private int calls = 1;

    public Operation Operation => workload.Operation;

    public Workload Workload => workload;

    public bool IsOpen { get; private set; } = true;

    public int Pairs => candidateSeconds.Count;

    public int Rounds => rounds.Count;

    public int FewestPairs => decision.FewestPairs;

    public Verdict Verdict { get; private set; }

    public MedianInterval Interval { get; private set; }

    public Allocation? Allocation { get; private set; }

    /// <summary>What the candidate no longer wrote once it had been timed; null for nothing.</summary>
    public string? Unwritten { get; private set; }

    /// <summary>Median seconds of a call.</summary>
    public (double Candidate, double Baseline) Seconds => (Median(candidateSeconds), Median(baselineSeconds));

    /// <summary>A round begins: freshly loaded code, and enough copies that a call never finds its inputs in a cache.</summary>
    /// <param name="bytesOfAll">What one call each of all open contests goes through.</param>
    public void Prepare(KernelSet candidates, KernelSet baselines, long bytesOfAll)
    {
        var wanted = Math.Clamp((int)(Cache.Beyond / Math.Max(1, bytesOfAll)) + 1, FewestCopies, MostCopies);
        while (copies.Count < wanted)
        {
            copies.Add(new Buffers(workload));
        }

        // Which side is compiled first is a coin's too: what lies lower in memory is no side's own.
        var first = coin.Next(2) == 0;
        for (var i = 0; i < 2; i++)
        {
            if (first == (i == 0))
            {
                candidate = new Lane(candidates.Find(Operation), copies, candidates.Synchronize, slowed);
                candidate.Time(0, 1);
            }
            else
            {
                baseline = new Lane(baselines.Find(Operation), copies, baselines.Synchronize, 1);
                baseline.Time(0, 1);
            }
        }

        if (rounds.Count == 0)
        {
            var slower = Math.Max(candidate!.Time(0, 1), baseline!.Time(1, 1)) / (double)Stopwatch.Frequency;
            calls = (int)Math.Clamp(Math.Ceiling(ShortestSample / Math.Max(slower, 1e-9)), 1, 10000);
        }

        rounds.Add([]);
    }

    public void Pair()
    {
        var candidateFirst = coin.Next(2) == 0;
        var first = (candidateFirst ? candidate! : baseline!).Time(next, calls);
        var second = (candidateFirst ? baseline! : candidate!).Time(next + Lane.Copies(calls), calls);
        next = (next + (2 * Lane.Copies(calls))) % copies.Count;
        var (a, b) = candidateFirst ? (first, second) : (second, first);
        rounds[^1].Add(Math.Log((double)Math.Max(a, 1) / Math.Max(b, 1)));
        candidateSeconds.Add(a / (double)Stopwatch.Frequency / calls);
        baselineSeconds.Add(b / (double)Stopwatch.Frequency / calls);
    }

    /// <summary>A round ends.</summary>
    public void Decide(bool last)
    {
        (Verdict, Interval) = decision.Of(rounds);
        if (Verdict == Verdict.Undecided && !last)
        {
            return;
        }

        IsOpen = false;
        var (ours, theirs) = (new List<long>(), new List<long>());
        for (var i = 0; i < Allocation.Calls; i++)
        {
            ours.Add(candidate!.Allocated(i));
            theirs.Add(baseline!.Allocated(i));
        }

        Allocation = Allocation.Of(ours, theirs);
        Unwritten = candidate!.Unwritten(0);
        copies.Clear();
    }

    private static double Median(List<double> values) => MedianInterval.Of(values, 1).Median;
}

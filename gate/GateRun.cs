using LatentConformance.Conformance;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Measuring;
using LatentConformance.Gate.Reports;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate;

/// <summary>Candidate against baseline: what both have, whether it is right, and only then what it costs.</summary>
public sealed class GateRun(Grounds grounds, WorkloadBook book, GateSettings settings)
{
    private readonly Dictionary<string, string> wrong = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Candidate, string Baseline)> timed = new(StringComparer.Ordinal);
    private readonly List<(string Operation, string Has)> left = [];

    public GateReport Run(CancellationToken stop)
    {
        var (operations, contests) = Prepared(stop);
        new Contests(settings.Candidate, settings.Baseline, new Random()).Run(contests, () => settings.Elapsed() > settings.Budget, stop);
        RefuseTooLittleTime(contests);
        return new GateReport(
            settings.Candidate.Shown,
            settings.Baseline.Shown,
            GateSettings.Alpha,
            settings.Budget,
            settings.Elapsed(),
            [.. operations.Select(o => Of(o, contests.Find(c => c.Operation == o)))],
            left);
    }

    /// <summary>What needs both builds once: they are let go before the rounds load them anew.</summary>
    private (Operation[] Operations, List<Contest> Contests) Prepared(CancellationToken stop)
    {
        using var candidate = settings.Candidate.Open();
        using var baseline = settings.Baseline.Open();
        var operations = Common(candidate, baseline);
        foreach (var operation in operations)
        {
            timed[operation.Name] = (candidate.Find(operation).Shown, baseline.Find(operation).Shown);
        }

        foreach (var (operation, why) in new Correctness(grounds).Wrong(candidate, operations, stop))
        {
            wrong[operation] = why;
        }

        // One run, so many operations, two directions each: the level is shared out among them.
        var alpha = GateSettings.Alpha / (2 * operations.Length);
        var check = new WorkloadCheck(grounds.Oracle);
        var contests = new List<Contest>();
        foreach (var operation in operations.Where(o => !wrong.ContainsKey(o.Name)))
        {
            stop.ThrowIfCancellationRequested();
            var (ours, theirs) = (candidate.Find(operation), baseline.Find(operation));
            var workload = Fit.Of(book.Find(operation), book, ours, theirs);
            if (check.Wrong(ours, workload, candidate.Synchronize) is { } why)
            {
                wrong[operation.Name] = why;
                continue;
            }

            contests.Add(new Contest(workload, new Decision(settings.Thresholds[operation.Name].Slowdown, alpha), settings.Planted.GetValueOrDefault(operation.Name, 1), new Random()));
        }

        return (operations, contests);
    }

    private Operation[] Common(KernelSet candidate, KernelSet baseline)
    {
        var asked = settings.Operations.Select(o => grounds.Catalogue.Find(o)!).ToArray();
        foreach (var operation in asked)
        {
            foreach (var set in new[] { candidate, baseline }.Where(s => !s.Offers(operation)))
            {
                throw new GateException($"{set.Shown} has no kernel for {operation.Name}{Nearest.Hint(operation.Name, set.Kernels)}; it has {(set.Kernels.Count == 0 ? "none" : string.Join(", ", set.Kernels.Order(StringComparer.Ordinal)))}");
            }
        }

        if (asked.Length > 0)
        {
            return asked;
        }

        // Where nobody has a span kernel, all that the contract's classes offer; else what has one, on either side.
        var named = candidate.Kernels.Union(baseline.Kernels).ToHashSet(StringComparer.Ordinal);
        var all = grounds.Catalogue.Operations.Where(o => named.Count == 0 || named.Contains(o.Name)).ToArray();
        left.AddRange(all.Where(o => candidate.Offers(o) != baseline.Offers(o)).Select(o => (o.Name, candidate.Offers(o) ? candidate.Shown : baseline.Shown)));
        Operation[] common = [.. all.Where(o => candidate.Offers(o) && baseline.Offers(o))];
        return common.Length > 0
            ? common
            : throw new GateException($"{candidate.Shown} and {baseline.Shown} have no operation in common; expected static methods with [Kernel(\"vq_assign\")], or a class that meets the contract, in both");
    }

    private void RefuseTooLittleTime(List<Contest> contests)
    {
        var few = contests.Where(c => c.Pairs < c.FewestPairs || c.Rounds < Decision.FewestRounds).ToArray();
        if (few.Length > 0)
        {
            throw new CannotRunException(
                $"too little time: in {settings.Budget.TotalSeconds:0.#} s {few.Length} of {contests.Count} operations had fewer than the {few[0].FewestPairs} pairs in {Decision.FewestRounds} rounds that a verdict takes; give a longer --budget, or fewer operations by --op");
        }
    }

    private OperationVerdict Of(Operation operation, Contest? contest) => new(
        operation.Name,
        contest is { Unwritten: null } ? contest.Verdict : Verdict.Wrong,
        contest?.Unwritten ?? wrong.GetValueOrDefault(operation.Name),
        contest?.Interval,
        contest?.Seconds ?? default,
        contest?.Pairs ?? 0,
        contest?.Rounds ?? 0,
        contest?.Allocation,
        settings.Thresholds[operation.Name],
        timed[operation.Name],
        contest?.Workload.Origin ?? "");
}

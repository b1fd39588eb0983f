using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Gate;

/// <summary>The kernels against the goldens and claims of their operations, before anything is timed.</summary>
internal sealed class Correctness(Grounds grounds)
{
    /// <summary>What is wrong, by operation; right ones are not in it.</summary>
    public Dictionary<string, string> Wrong(KernelSet set, IReadOnlyList<Operation> operations, CancellationToken stop)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in operations.GroupBy(o => set.Find(o).DType))
        {
            var names = group.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
            var answerer = new KernelAnswerer(set, group.Key, names, grounds.Oracle);
            var report = new Verification(grounds).Run(answerer, new Selection(Operations: [.. names]), seed: 1, stop: stop);

            // A case says more than a claim: its vectors come first.
            foreach (var result in report.Results.Where(r => !r.Strict && r.Outcome is Outcome.Fail or Outcome.Error).OrderBy(r => r.Kind))
            {
                foreach (var operation in (result.Operation ?? "").Split(", ").Where(names.Contains))
                {
                    wrong.TryAdd(operation, $"{result.Id}: {result.Message}");
                }
            }
        }

        return wrong;
    }
}

using System.Globalization;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>What a long run came to, for docs/false-alarms.md: how much was judged, and who came nearest to its bound.</summary>
internal sealed class Record
{
    private readonly HashSet<string> operations = [];
    private long comparisons;
    private (double Margin, string Id) nearest;

    /// <summary>Core cases and claims that passed.</summary>
    public int Cases { get; private set; }

    public void Add(IReadOnlyList<Result> results)
    {
        foreach (var result in results.Where(r => r.Outcome == Outcome.Pass && !r.Strict && r.Kind != ResultKind.Manners))
        {
            Cases++;
            comparisons += result.Comparisons;
            operations.Add(result.Operation!);
            nearest = result.Margin > nearest.Margin ? (result.Margin.Value, result.Id) : nearest;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cases} core cases passed, {comparisons} comparisons, {operations.Count} operations; nearest to its bound: {nearest.Margin:F3} in {nearest.Id}");
}

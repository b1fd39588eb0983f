using System.Globalization;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>What a long run came to, for docs/false-alarms.md: how much was judged, and who came nearest to its bound.</summary>
internal sealed class Record
{
    private readonly HashSet<string> operations = [];
    private long comparisons;
    private (double Margin, string Id) nearest;

    public int Cases { get; private set; }

    public int Claims { get; private set; }

    public void Add(IReadOnlyList<Result> results)
    {
        foreach (var result in results.Where(r => r.Outcome == Outcome.Pass && !r.Strict && r.Kind != ResultKind.Manners))
        {
            comparisons += result.Comparisons;
            if (result.Kind == ResultKind.Claim)
            {
                Claims++;
                continue;
            }

            Cases++;
            operations.Add(result.Operation!);
            nearest = result.Margin > nearest.Margin ? (result.Margin.Value, result.Id) : nearest;
        }
    }

    public override string ToString()
    {
        var claims = Claims == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {Claims} claims");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Cases} core cases of {operations.Count} operations{claims} passed, {comparisons} comparisons; nearest to its bound: {nearest.Margin:F3} in {nearest.Id}");
    }
}

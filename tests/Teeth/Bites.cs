using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Mistakes;

namespace LatentConformance.Tests.Teeth;

/// <summary>Which cases catch a mistake, in each dtype in which it was tried.</summary>
internal sealed class Bites
{
    public static readonly DType[] Tried = [DType.Float64, DType.Float32];

    private static readonly Lazy<Dictionary<string, Bites>> All = new(() => KnownMistakes.All.ToDictionary(m => m.Name, m => new Bites(m)));

    private Bites(Mistake mistake)
    {
        Mistake = mistake;
        Results = Tried.ToDictionary(d => d, d => Ground.Verify(new Breaking(mistake, d), mistake.Operation));
    }

    public static IEnumerable<Bites> OfAll => All.Value.Values;

    public Mistake Mistake { get; }

    public IReadOnlyDictionary<DType, IReadOnlyList<Result>> Results { get; }

    public static Bites Of(string mistake) => All.Value[mistake];

    public IEnumerable<Result> In(DType dtype) => Results[dtype].Where(r => r.Kind == ResultKind.Vector && r.IsBad());

    public override string ToString()
    {
        var cases = Tried.SelectMany(d => In(d).Select(r => (DType: d, Result: r))).GroupBy(b => b.Result.Id).OrderBy(g => g.Key, StringComparer.Ordinal);
        return $"{Mistake.Id,-6} {Mistake.Name,-46} {Mistake.Operation,-32} {string.Join(", ", cases.Select(g => Shown(g.Key, [.. g])))}";
    }

    private static string Shown(string id, (DType DType, Result Result)[] bites)
    {
        var name = id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var where = bites.Length == Tried.Length ? "" : $" ({bites[0].DType.WireName()})";
        return $"{name}{where}{(bites.All(b => b.Result.Strict) ? " (strict)" : "")}";
    }
}

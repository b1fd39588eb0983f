using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>Which cases catch a mistake, in each dtype in which it was tried.</summary>
public sealed record Bites(Mistake Mistake, IReadOnlyDictionary<DType, IReadOnlyList<Result>> Results)
{
    public static readonly DType[] Tried = [DType.Float64, DType.Float32];

    public bool Everywhere => Tried.All(d => In(d).Any());

    public bool OnlyStrict => Everywhere && Tried.Any(d => In(d).All(r => r.Strict));

    /// <summary>The matrix mistakes × cases: each mistake in the reference's place, against the cases of its operation.</summary>
    public static IReadOnlyList<Bites> OfAll(Grounds grounds)
    {
        var verification = new Verification(grounds with { Spec = SpecBook.Read([], grounds.Catalogue) });
        return [.. grounds.Mistakes.AsParallel().AsOrdered().Select(m => new Bites(m, Tried.ToDictionary(d => d, d => Verdicts(verification, grounds, m, d))))];
    }

    public IEnumerable<Result> In(DType dtype) =>
        Results[dtype].Where(r => r.Kind == ResultKind.Vector && r.Outcome is Outcome.Fail or Outcome.Error);

    /// <summary>One line of the matrix.</summary>
    public override string ToString()
    {
        var cases = Tried.SelectMany(d => In(d).Select(r => (DType: d, Result: r))).GroupBy(b => b.Result.Id).OrderBy(g => g.Key, StringComparer.Ordinal);
        return $"{Mistake.Id,-6} {Mistake.Name,-46} {Mistake.Operation,-32} {string.Join(", ", cases.Select(g => Shown(g.Key, [.. g])))}";
    }

    private static IReadOnlyList<Result> Verdicts(Verification verification, Grounds grounds, Mistake mistake, DType dtype) =>
        verification.Run(new Mistaken(grounds.Oracle, mistake, dtype), new Selection(Operations: [mistake.Operation]), seed: 1).Results;

    private static string Shown(string id, (DType DType, Result Result)[] bites)
    {
        var name = id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var where = bites.Length == Tried.Length ? "" : $" ({bites[0].DType.WireName()})";
        return $"{name}{where}{(bites.All(b => b.Result.Strict) ? " (strict)" : "")}";
    }
}

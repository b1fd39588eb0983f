using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using LatentConformance.Reference;

namespace LatentConformance;

/// <summary>A vector or a claim that an implementation can answer.</summary>
/// <param name="Topic">The family of the operation, or the page of the claim.</param>
public sealed record SuiteCase(string Id, string Topic, ResultKind Kind, string Operation)
{
    public override string ToString() => Id;
}

/// <summary>Everything that an implementation in this process can be asked, a case at a time, for any test framework.</summary>
public sealed class Suite
{
    private static readonly Lazy<Grounds> Standing = new(MakeGrounds);

    private readonly InProcess implementation;
    private readonly ulong seed;
    private readonly Baseline? baseline;
    private readonly Verification vectors = new(Standing.Value with { Spec = SpecBook.Read([], Catalogue.Standard) });
    private readonly Dictionary<string, Dictionary<string, Result>> whole = [];
    private readonly Lock gate = new();

    /// <param name="baseline">What latent verify --write-baseline wrote: ids that are known to fail.</param>
    public Suite(object implementation, string? baseline = null, ulong seed = 1)
    {
        this.implementation = new InProcess(implementation);
        this.seed = seed;
        this.baseline = baseline is null ? null : Baseline.Read(File.ReadAllText(baseline), baseline);
        Cases = [.. Vectors(), .. Claims()];
    }

    public static string SpecVersion => Shipped.SpecVersion;

    public IReadOnlyList<SuiteCase> Cases { get; }

    /// <summary>The verdict; one that is wrong says what it looks like, from all cases of the operation together.</summary>
    public Result Run(SuiteCase one)
    {
        var result = one.Kind == ResultKind.Claim
            ? new ClaimRun(Catalogue.Standard, Standing.Value.Oracle, seed).Run(Standing.Value.Spec.Claims.First(c => c.Id == one.Id), implementation)
            : Vector(one);
        return baseline?.Apply(result) ?? result;
    }

    /// <summary>Inputs, expected, got and bound of a vector, as text.</summary>
    public string Detail(SuiteCase one)
    {
        var operation = Catalogue.Standard.Find(one.Operation)!;
        return one.Kind == ResultKind.Claim ? "" : Conformance.Reports.Detail.Of(
            vectors.Replay(implementation, operation, Case(one)), Precision.Of(implementation.Description.DType));
    }

    private Result Vector(SuiteCase one)
    {
        var asked = vectors.Replay(implementation, Catalogue.Standard.Find(one.Operation)!, Case(one));
        if (asked.Outcome is not (Outcome.Fail or Outcome.Error))
        {
            return new Result(one.Id, one.Kind, asked.Strict, one.Operation, "", asked.Outcome, asked.Finding.Why, asked.Finding.Margin, asked.Finding.Comparisons);
        }

        lock (gate)
        {
            if (!whole.TryGetValue(one.Operation, out var results))
            {
                results = vectors.Run(implementation, new Selection(Operations: [one.Operation]), seed).Results.ToDictionary(r => r.Id);
                whole[one.Operation] = results;
            }

            return results[one.Id];
        }
    }

    private IEnumerable<SuiteCase> Vectors() =>
        from golden in Standing.Value.Goldens.Values
        let operation = Catalogue.Standard.Find(golden.Operation)!
        where implementation.Offers(operation)
        orderby operation.Family, operation.Name
        from one in golden.Cases
        select new SuiteCase(one.Id, operation.Family, ResultKind.Vector, operation.Name);

    private IEnumerable<SuiteCase> Claims() =>
        from claim in Standing.Value.Spec.Claims
        where claim.Operations.Count > 0 && claim.Operations.All(o => implementation.Offers(Catalogue.Standard.Find(o)!))
        select new SuiteCase(claim.Id, claim.Topic, ResultKind.Claim, string.Join(", ", claim.Operations));

    private static VectorCase Case(SuiteCase one) => Standing.Value.Goldens[one.Operation].Cases.First(c => c.Id == one.Id);

    private static Grounds MakeGrounds()
    {
        var goldens = Shipped.Files("goldens", ".verified.json").ToDictionary(f => f.File, f => f.Text);
        return new Grounds(
            Catalogue.Standard,
            new Oracle((conventions, choice) => new ReferenceKernels(conventions, choice)),
            SpecBook.Read(Shipped.Files("spec", ".md"), Catalogue.Standard),
            Catalogue.Standard.Operations.ToDictionary(o => o.Name, o => GoldenReader.Read(goldens[$"goldens/{o.Name}.verified.json"], o.Name, o)),
            KnownMistakes.All,
            Shipped.SpecVersion);
    }
}

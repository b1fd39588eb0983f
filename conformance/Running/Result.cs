using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

public enum Outcome
{
    Pass,
    Fail,

    /// <summary>A crash, a timeout, a malformed answer, or nothing compared.</summary>
    Error,

    /// <summary>An operation that is not offered.</summary>
    Unsupported,

    /// <summary>Not run, for the reason in the message.</summary>
    Skipped,

    /// <summary>Wrong, and known to be: a baseline lists it.</summary>
    ExpectedFailure,
}

public enum ResultKind
{
    Vector,
    Claim,

    /// <summary>How an implementation behaves rather than what it answers: the same question twice, inputs left alone.</summary>
    Manners,
}

/// <summary>The verdict on one case.</summary>
/// <param name="Strict">True for what only a careful algorithm gets right: reported, never a reason to call ordinary code wrong.</param>
/// <param name="Operation">The operation, or several with commas between, or null.</param>
/// <param name="Margin">The largest share of its bound that any element used.</param>
public sealed record Result(
    string Id,
    ResultKind Kind,
    bool Strict,
    string? Operation,
    string Source,
    Outcome Outcome,
    string? Message,
    double? Margin,
    int Comparisons);

/// <summary>Counts over a run. The headline speaks of core cases; strict ones are counted apart.</summary>
public sealed record Summary(int Passed, int Failed, int Errors, int Unsupported, int Skipped, long Comparisons, int StrictPassed, int StrictFailed)
{
    /// <summary>Wrong as the baseline says; no reason to fail.</summary>
    public int ExpectedFailures { get; init; }

    public static Summary Of(IReadOnlyCollection<Result> results)
    {
        int Count(Outcome outcome) => results.Count(r => !r.Strict && r.Outcome == outcome);
        var strict = results.Where(r => r.Strict).ToArray();
        return new Summary(
            Count(Outcome.Pass),
            Count(Outcome.Fail),
            Count(Outcome.Error),
            Count(Outcome.Unsupported),
            Count(Outcome.Skipped),
            results.Sum(r => (long)r.Comparisons),
            strict.Count(r => r.Outcome == Outcome.Pass),
            strict.Count(r => r.Outcome is Outcome.Fail or Outcome.Error))
        {
            ExpectedFailures = results.Count(r => r.Outcome == Outcome.ExpectedFailure),
        };
    }
}

/// <summary>A whole run: who was asked, with what seed, and every verdict by id.</summary>
public sealed record Report(Description Implementation, string SpecVersion, ulong Seed, IReadOnlyList<Result> Results)
{
    /// <summary>Claims that call no operation: the spec's own, never credited to an implementation.</summary>
    public IReadOnlyList<Result> Spec { get; init; } = [];

    public Summary Summary { get; init; } = Summary.Of(Results);

    /// <summary>Which part of the whole this is, as 2/5; null for the whole.</summary>
    public string? Shard { get; init; }

    /// <summary>True where the first failure ended the run.</summary>
    public bool StoppedEarly { get; init; }

    public bool Holds => Summary.Failed == 0 && Summary.Errors == 0 && Spec.All(r => r.Outcome == Outcome.Pass);

    /// <summary>The same run where strict cases decide as core ones do.</summary>
    public Report Strictly() => With([.. Results.Select(r => r with { Strict = false })]);

    /// <summary>The same run with other results, counted anew.</summary>
    public Report With(IReadOnlyList<Result> results) => this with { Results = results, Summary = Summary.Of(results) with { Comparisons = Summary.Comparisons } };
}

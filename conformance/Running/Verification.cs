using System.Globalization;
using LatentConformance.Conformance.Diagnosing;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>Everything that a run stands on, handed in: the engine names no operation and no mistake itself.</summary>
public sealed record Grounds(
    Catalogue Catalogue,
    Oracle Oracle,
    SpecBook Spec,
    IReadOnlyDictionary<string, Golden> Goldens,
    IReadOnlyList<Mistake> Mistakes,
    string SpecVersion);

/// <summary>One implementation against all vectors and claims that were selected.</summary>
public sealed class Verification(Grounds grounds)
{
    /// <param name="failFast">Ask nothing more once a core case or a claim fails.</param>
    /// <param name="progress">Told how many of how many cases were asked.</param>
    public Report Run(
        IAnswerer implementation, Selection selection, ulong seed, bool failFast = false, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        var results = Vectors(implementation, selection, seed, failFast, progress, stop);
        var claims = new ClaimRun(grounds.Catalogue, grounds.Oracle, seed);
        var spec = new List<Result>();
        foreach (var claim in grounds.Spec.Claims.Where(selection.Includes))
        {
            stop.ThrowIfCancellationRequested();
            if (failFast && results.Concat(spec).Any(Ends))
            {
                break;
            }

            var result = claims.Run(claim, implementation);
            (claim.Operations.Count == 0 && claim.Statements.Count > 0 ? spec : results).Add(result);
        }

        results.AddRange(implementation.Farewell().GroupBy(c => c.Operation.Name).Select(g => Misconduct(g.First())));
        return new Report(implementation.Description, grounds.SpecVersion, seed, ById(results))
        {
            Spec = ById(spec),
            Shard = selection.Shard?.ToString(),
            StoppedEarly = failFast && results.Concat(spec).Any(Ends),
        };
    }

    /// <summary>One case, with all that went in and came out.</summary>
    public Asked Replay(IAnswerer implementation, Operation operation, VectorCase one) => new VectorRun(implementation, grounds.Oracle).Ask(operation, one);

    private static bool Ends(Result result) => !result.Strict && result.Outcome is Outcome.Fail or Outcome.Error;

    private List<Result> Vectors(
        IAnswerer implementation, Selection selection, ulong seed, bool failFast, Action<int, int>? progress, CancellationToken stop)
    {
        var run = new VectorRun(implementation, grounds.Oracle);
        var cases = grounds.Goldens.Values
            .OrderBy(g => g.Operation, StringComparer.Ordinal)
            .SelectMany(g => g.Cases.Select(c => (Operation: grounds.Catalogue.Find(g.Operation)!, Case: c)))
            .Where(c => selection.Includes(c.Case.Id, c.Operation.Name))
            .ToArray();

        // Shuffled by the seed: an implementation that leans on what it was asked before shows it.
        var order = new Draws(string.Create(CultureInfo.InvariantCulture, $"{seed}/order")).Permutation(cases.Length);
        var asked = new List<Asked>(cases.Length);
        foreach (var place in order)
        {
            stop.ThrowIfCancellationRequested();
            asked.Add(run.Ask(cases[place].Operation, cases[place].Case));
            progress?.Invoke(asked.Count, cases.Length);
            if (failFast && !asked[^1].Strict && asked[^1].Outcome is Outcome.Fail or Outcome.Error)
            {
                break;
            }
        }

        var results = new List<Result>();
        foreach (var group in asked.GroupBy(a => a.Operation))
        {
            var all = group.OrderBy(a => a.Case.Id, StringComparer.Ordinal).ToArray();
            var hint = Hint(implementation, group.Key, all);
            results.AddRange(all.Select(a => Verdict(a, hint)));
            if (implementation.IsLive && all.Where(a => a.Given is { Count: > 0 }).MaxBy(Telling) is { } first)
            {
                results.Add(Manners(run.AskAgain(first)));
            }
        }

        return results;
    }

    /// <summary>Zeros and empty answers repeat whatever is hidden behind them.</summary>
    private static int Telling(Asked asked) => asked.Given!.Values.Sum(t => t.ToDoubles().Count(v => v != 0));

    /// <summary>What the wrong answers look like: one line for all cases of an operation.</summary>
    private string? Hint(IAnswerer implementation, Operation operation, Asked[] all) => new Diagnosis(grounds.Mistakes, grounds.Oracle).Of(
        operation,
        [.. all.Where(a => a.Given is not null).Select(a => new Evidence(a.Inputs, a.Expected, a.Given!, a.Strict))],
        implementation.Description);

    private static Result Verdict(Asked asked, string? hint)
    {
        var message = asked.Outcome == Outcome.Fail && hint is not null && asked.Given is not null
            ? $"{asked.Finding.Why}. {hint}"
            : asked.Finding.Why;
        return Of(asked, asked.Case.Id, ResultKind.Vector, asked.Strict, message);
    }

    private static Result Manners(Asked again) =>
        Of(again, $"{again.Operation.Name}/asked-twice", ResultKind.Manners, strict: false, again.Finding.Why);

    private static Result Misconduct(Complaint complaint) => new(
        $"{complaint.Operation.Name}/one-answer",
        ResultKind.Manners,
        Strict: false,
        complaint.Operation.Name,
        $"goldens/{complaint.Operation.Name}.verified.json",
        Outcome.Error,
        complaint.Message,
        Margin: null,
        Comparisons: 0);

    private static Result Of(Asked asked, string id, ResultKind kind, bool strict, string? message) => new(
        id,
        kind,
        strict,
        asked.Operation.Name,
        $"goldens/{asked.Operation.Name}.verified.json",
        asked.Outcome,
        asked.Outcome == Outcome.Pass ? null : message,
        asked.Finding.Margin,
        asked.Finding.Comparisons);

    private static List<Result> ById(List<Result> results) => [.. results.OrderBy(r => r.Id, StringComparer.Ordinal)];
}

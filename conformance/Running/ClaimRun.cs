using System.Globalization;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>Runs one claim against one implementation.</summary>
public sealed class ClaimRun(Catalogue catalogue, Oracle oracle, ulong seed)
{
    /// <exception cref="SpecError">The claim itself is wrong: a shape that does not fit, a name that is not there.</exception>
    public Result Run(Claim claim, IAnswerer implementation)
    {
        if (claim.Statements.Count == 0)
        {
            return Verdict(claim, Outcome.Skipped, $"{ClaimReader.WireName(claim.Verdict)}: {claim.Reason}");
        }

        var called = claim.Operations.Select(o => catalogue.Find(o)!).ToArray();
        if (Array.Find(called, o => !implementation.Offers(o)) is { } missing)
        {
            return Verdict(claim, Outcome.Unsupported, $"{missing.Name} is not offered");
        }

        if (called.SelectMany(o => implementation.Description.For(o).Departures(o)).FirstOrDefault() is { } departure)
        {
            return Verdict(claim, Outcome.Skipped, $"declares {departure}; the claim speaks of the house's convention");
        }

        var verdict = Judged(claim, implementation);
        var dtype = implementation.Description.DType;
        return verdict.Outcome == Outcome.Fail && !Passes(dtype) && Passes(DType.Float64)
            ? Verdict(claim, Outcome.Skipped, $"does not suit {dtype.WireName()}: the reference's own answers, rounded to it, do not pass")
            : verdict;

        // A claim that the reference itself fails is wrong, and no dtype excuses it.
        bool Passes(DType rounded) => Judged(claim, new RoundedReference(oracle, rounded)).Outcome == Outcome.Pass;
    }

    /// <summary>Each statement with what it came to; for explaining, where the verdict alone is not enough.</summary>
    public IEnumerable<(Statement Statement, Compared Compared)> Evaluate(Claim claim, IAnswerer implementation) =>
        Evaluate(claim, new UnderTest(implementation, oracle));

    private IEnumerable<(Statement Statement, Compared Compared)> Evaluate(Claim claim, UnderTest operations)
    {
        var named = Named(claim, operations);
        for (var s = 0; s < claim.Statements.Count; s++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{seed}/{claim.Id}/{s}");
            var evaluator = new Evaluator(catalogue, operations, new Draws(key));
            foreach (var (name, value) in named)
            {
                evaluator.Bind(name, value);
            }

            yield return (claim.Statements[s], CheckRunner.Run(claim.Statements[s].Check, evaluator));
        }
    }

    private Result Judged(Claim claim, IAnswerer implementation)
    {
        try
        {
            return Statements(claim, new UnderTest(implementation, oracle));
        }
        catch (Unanswered unanswered)
        {
            return Verdict(claim, OutcomeOf(unanswered.Kind), unanswered.Message);
        }
    }

    private Result Statements(Claim claim, UnderTest operations)
    {
        var comparisons = 0;
        double? margin = null;
        foreach (var (statement, compared) in Evaluate(claim, operations))
        {
            comparisons += compared.Elements;
            margin = compared.Margin > margin || margin is null ? compared.Margin : margin;
            if (compared.Elements == 0)
            {
                return Verdict(claim, Outcome.Error, $"compares nothing: {OneLine(statement)}", margin, comparisons);
            }

            if (Why(statement, compared) is { } why)
            {
                return Verdict(claim, Outcome.Fail, $"{why} ({statement.Check.Position})", margin, comparisons);
            }
        }

        return Verdict(claim, Outcome.Pass, null, margin, comparisons);
    }

    /// <summary>The lets, evaluated once for all statements.</summary>
    private List<(string Name, Value Value)> Named(Claim claim, UnderTest operations)
    {
        var evaluator = new Evaluator(catalogue, operations, new Draws(string.Create(CultureInfo.InvariantCulture, $"{seed}/{claim.Id}/let")));
        var named = new List<(string Name, Value Value)>();
        foreach (var let in claim.Lets)
        {
            var value = evaluator.Evaluate(let.Value);
            evaluator.Bind(let.Name, value);
            named.Add((let.Name, value));
        }

        return named;
    }

    private static string? Why(Statement statement, Compared compared)
    {
        if (compared.Undefined)
        {
            return $"an answer is NaN in: {OneLine(statement)}";
        }

        if (compared.Misshapen)
        {
            return $"{compared.Why} in: {OneLine(statement)}";
        }

        if (statement.Refuted)
        {
            return compared.Holds ? $"holds, and was said to be wrong: {OneLine(statement)}" : null;
        }

        return compared.Holds ? null : $"{compared.Why} in: {OneLine(statement)}";
    }

    private static string OneLine(Statement statement) =>
        string.Join(' ', statement.Check.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Outcome OutcomeOf(UnansweredKind kind) => kind switch
    {
        UnansweredKind.Unsupported => Outcome.Unsupported,
        UnansweredKind.Declined => Outcome.Skipped,
        UnansweredKind.Refused => Outcome.Fail,
        _ => Outcome.Error,
    };

    private static Result Verdict(Claim claim, Outcome outcome, string? message, double? margin = null, int comparisons = 0) => new(
        claim.Id,
        ResultKind.Claim,
        Strict: false,
        claim.Operations.Count == 0 ? null : string.Join(", ", claim.Operations),
        claim.Source,
        outcome,
        message,
        margin,
        comparisons);
}

using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Judging;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>Asks one implementation one case, in its dtype and under its conventions, and has the answer judged.</summary>
internal sealed class VectorRun(IAnswerer implementation, Oracle oracle)
{
    private readonly Precision precision = Precision.Of(implementation.Description.DType);

    public Asked Ask(Operation operation, VectorCase one)
    {
        if (!implementation.Offers(operation))
        {
            return Unasked(operation, one, Outcome.Unsupported, $"{operation.Name} is not offered");
        }

        if (one.Refuses)
        {
            return AskForRefusal(operation, one);
        }

        var (inputs, expected, level, why) = Question(operation, one);
        if (level is null)
        {
            return Unasked(operation, one, Outcome.Skipped, why!);
        }

        var strict = level == Level.Strict;
        var rounded = Narrowed(inputs);
        var before = Copied(rounded);
        var answer = implementation.Ask(operation, rounded);
        if (rounded.FirstOrDefault(i => !i.Value.Identical(before[i.Key])) is { Key: { } touched })
        {
            return Asked(Outcome.Fail, new Finding(false, 1, null, $"the input {touched} was modified; an implementation leaves its inputs alone"));
        }

        if (answer is not Answered answered)
        {
            var (outcome, message) = Unanswered(answer);
            return Asked(outcome, new Finding(false, 0, null, message));
        }

        var finding = Judge.Judged(operation.Outputs, expected, answered.Outputs, precision, strict);
        if (!finding.Right && OwnChoice(operation, inputs, expected, answered.Outputs, strict) is { } forThatChoice)
        {
            expected = forThatChoice;
            finding = Judge.Judged(operation.Outputs, expected, answered.Outputs, precision, strict);
        }

        return Asked(finding.Right ? Outcome.Pass : finding.Comparisons == 0 ? Outcome.Error : Outcome.Fail, finding, answered.Outputs);

        Asked Asked(Outcome outcome, Finding finding, IReadOnlyDictionary<string, Tensor>? given = null) =>
            new(operation, one, strict, rounded, expected, given, outcome, finding);
    }

    /// <summary>What the case asks of this implementation; null where it does not suit its dtype or conventions.</summary>
    public IReadOnlyDictionary<string, Tensor>? Inputs(Operation operation, VectorCase one)
    {
        if (one.Refuses)
        {
            return Narrowed(one.Inputs);
        }

        var (inputs, _, level, _) = Question(operation, one);
        return level is null ? null : Narrowed(inputs);
    }

    /// <summary>Asks again and expects the same answer to the last bit: caches and hidden state show.</summary>
    public Asked AskAgain(Asked first)
    {
        var second = implementation.Ask(first.Operation, first.Inputs);
        var same = second is Answered again
            && again.Outputs.Count == first.Given!.Count
            && again.Outputs.All(o => first.Given.TryGetValue(o.Key, out var before) && before.Identical(o.Value));
        var finding = new Finding(same, 1, null, same ? null : $"asked {first.Case.Id} twice and the answers differ: a cache or hidden state");
        return first with { Outcome = same ? Outcome.Pass : Outcome.Fail, Finding = finding };
    }

    /// <summary>
    /// The golden's own numbers under the house's conventions; the reference asked live where others are declared.
    /// </summary>
    private (IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Expected, Level? Level, string? Why) Question(
        Operation operation, VectorCase one)
    {
        var conventions = implementation.Description.For(operation);
        if (!conventions.Departures(operation).Any())
        {
            Level? level = one.Levels.TryGetValue(precision.DType, out var found) ? found : null;
            return (one.Inputs, one.Outputs, level, $"does not suit {precision.DType.WireName()}");
        }

        var noValue = $"has no value under {string.Join(", ", conventions.Departures(operation))}";
        IReadOnlyDictionary<string, Tensor> inputs = one.Inputs;
        if (operation.Forward is { } forward)
        {
            var own = one.Inputs.Where(i => forward.Inputs.Any(f => f.Name == i.Key)).ToDictionary(i => i.Key, i => i.Value);
            if (oracle.Ask(forward, own, conventions) is not Answered outputs)
            {
                return (inputs, one.Outputs, null, noValue);
            }

            inputs = GoldenMaker.WithCotangents(operation, forward, one.Id.Split('/')[^1], own, outputs.Outputs);
        }

        return oracle.Ask(operation, inputs, conventions) is Answered expected
            ? (inputs, expected.Outputs, Suitability.Of(inputs, expected.Outputs, precision), $"does not suit {precision.DType.WireName()}")
            : (inputs, one.Outputs, null, noValue);
    }

    private Asked AskForRefusal(Operation operation, VectorCase one)
    {
        var inputs = Narrowed(one.Inputs);
        return implementation.Ask(operation, inputs) switch
        {
            Refused or Raised => Verdict(Outcome.Pass, 1, null),
            Answered => Verdict(Outcome.Fail, 1, "answered, expected a refusal"),
            var other => Verdict(Unanswered(other).Outcome, 0, Unanswered(other).Message),
        };

        Asked Verdict(Outcome outcome, int comparisons, string? why) =>
            new(operation, one, Strict: true, inputs, one.Outputs, null, outcome, new Finding(outcome == Outcome.Pass, comparisons, null, why));
    }

    /// <summary>Where an answer rests on another legal choice than ours, what the reference answers for that choice.</summary>
    private IReadOnlyDictionary<string, Tensor>? OwnChoice(
        Operation operation,
        IReadOnlyDictionary<string, Tensor> inputs,
        IReadOnlyDictionary<string, Tensor> expected,
        IReadOnlyDictionary<string, Tensor> given,
        bool strict)
    {
        var field = operation.Outputs.FirstOrDefault(f => expected[f.Name].Tolerance is { IsChoice: true });
        return field is not null
            && given.TryGetValue(field.Name, out var choice)
            && Judge.Judged(field, expected[field.Name], choice, precision, strict).Right
            && oracle.Ask(operation, inputs, implementation.Description.For(operation), choice) is Answered other
            ? other.Outputs
            : null;
    }

    private Asked Unasked(Operation operation, VectorCase one, Outcome outcome, string why)
    {
        var strict = one.Levels.TryGetValue(precision.DType, out var level) && level == Level.Strict;
        return new Asked(operation, one, strict, one.Inputs, one.Outputs, null, outcome, new Finding(false, 0, null, why));
    }

    private static (Outcome Outcome, string Message) Unanswered(Answer answer) => answer switch
    {
        Refused refused => (Outcome.Fail, $"refused: {refused.Message}"),
        Declined declined => (Outcome.Skipped, $"declined: {declined.Reason}"),
        Implementations.Unsupported => (Outcome.Unsupported, "not supported"),
        Raised raised => (Outcome.Error, $"error: {raised.Message}"),
        Broken broken => (Outcome.Error, broken.Message),
        _ => (Outcome.Error, "no answer"),
    };

    private Dictionary<string, Tensor> Narrowed(IReadOnlyDictionary<string, Tensor> inputs) =>
        inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(precision.DType));

    private static Dictionary<string, Tensor> Copied(Dictionary<string, Tensor> inputs) =>
        inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64
            ? new Tensor(i.Value.Shape.ToArray(), i.Value.Int64.ToArray())
            : Tensor.Of(i.Value.DType, i.Value.Shape.ToArray(), i.Value.ToDoubles()));
}

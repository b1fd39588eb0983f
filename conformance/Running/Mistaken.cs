using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>The reference, right in everything but one mistake, in float64 or with its answers rounded to another dtype.</summary>
public sealed class Mistaken(Oracle oracle, Mistake? mistake, DType dtype) : IAnswerer
{
    public Description Description { get; } = new(mistake?.Name ?? "unbroken", "0", dtype);

    public bool Offers(Operation operation) => true;

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var wide = inputs.ToDictionary(i => i.Key, i => i.Value.DType.IsFloating() ? i.Value.As(DType.Float64) : i.Value);
        var answer = oracle.Ask(operation, wide, Conventions.House);
        if (mistake?.Operation == operation.Name)
        {
            answer = Broken(answer, wide);
        }

        return answer is Answered answered
            ? new Answered(answered.Outputs.ToDictionary(o => o.Key, o => o.Value.DType.IsFloating() ? o.Value.As(dtype) : o.Value))
            : answer;
    }

    /// <summary>What the mistake leaves out is right.</summary>
    private Answer Broken(Answer right, Dictionary<string, Tensor> inputs)
    {
        try
        {
            var wrong = mistake!.Answer(inputs);
            return new Answered(right is Answered answered
                ? answered.Outputs.Where(o => !wrong.ContainsKey(o.Key)).Concat(wrong).ToDictionary(o => o.Key, o => o.Value)
                : wrong);
        }
        catch (RefusalException refusal)
        {
            return new Refused(refusal.Message);
        }
    }
}

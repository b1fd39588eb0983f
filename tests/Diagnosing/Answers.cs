using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>One operation answered by a function of its inputs in float64, and nothing else offered.</summary>
internal sealed class Answers(
    Operation operation,
    Func<IReadOnlyDictionary<string, Tensor>, IReadOnlyDictionary<string, Tensor>> answer,
    Conventions? conventions = null) : IAnswerer
{
    public Description Description { get; } = new("under test", "1", DType.Float64) { Conventions = conventions ?? Conventions.House };

    public bool Offers(Operation one) => one == operation;

    public Answer Ask(Operation one, IReadOnlyDictionary<string, Tensor> inputs)
    {
        try
        {
            return new Answered(answer(inputs));
        }
        catch (ArgumentException refused)
        {
            return new Refused(refused.Message);
        }
    }
}

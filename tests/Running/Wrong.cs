using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Running;

/// <summary>The reference with one operation answered by somebody else.</summary>
internal sealed class Wrong(string operation, Func<IReadOnlyDictionary<string, Tensor>, Answer> answer) : IAnswerer
{
    public Description Description { get; init; } = new("wrong", "1", DType.Float64);

    public bool Offers(Operation one) => true;

    public Answer Ask(Operation one, IReadOnlyDictionary<string, Tensor> inputs) =>
        one.Name == operation ? answer(inputs) : Checkout.Reference.Ask(one, inputs);
}

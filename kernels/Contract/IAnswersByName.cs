namespace LatentConformance.Contract;

/// <summary>
/// An implementation that is asked by an operation's name in place of a method for each: one that has them in a table, or answers every
/// gradient in the same way.
/// </summary>
public interface IAnswersByName
{
    bool Offers(Operation operation);

    Dictionary<string, Tensor> Answer(Operation operation, IReadOnlyDictionary<string, Tensor> inputs);
}

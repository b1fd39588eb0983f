using LatentConformance.Contract;

namespace LatentConformance.Conformance.Implementations;

/// <summary>
/// The reference, asked under the conventions that the implementation declares and, where an output is a discrete choice,
/// for the choice that it made. How a reference is made is handed in: the engine knows none by name.
/// </summary>
/// <param name="make">A reference under conventions and, perhaps, for a given choice.</param>
public sealed class Oracle(Func<Conventions, Tensor?, object> make)
{
    private readonly Dictionary<Conventions, InProcess> byConventions = [];

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, Conventions conventions, Tensor? choice = null)
    {
        if (choice is not null)
        {
            return new InProcess(make(conventions, choice)).Ask(operation, inputs);
        }

        if (!byConventions.TryGetValue(conventions, out var reference))
        {
            byConventions[conventions] = reference = new InProcess(make(conventions, null));
        }

        return reference.Ask(operation, inputs);
    }
}

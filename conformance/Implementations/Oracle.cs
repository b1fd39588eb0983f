using System.Collections.Concurrent;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Implementations;

/// <summary>
/// The reference, asked under the conventions that the implementation declares and, where an output is a discrete choice,
/// for the choice that it made. How a reference is made is handed in: the engine knows none by name.
/// </summary>
/// <param name="make">A reference under conventions and, perhaps, for a given choice.</param>
public sealed class Oracle(Func<Conventions, Tensor?, object> make)
{
    private readonly ConcurrentDictionary<Conventions, InProcess> byConventions = [];

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, Conventions conventions, Tensor? choice = null)
    {
        if (choice is not null)
        {
            return new InProcess(make(conventions, choice)).Ask(operation, inputs);
        }

        return byConventions.GetOrAdd(conventions, c => new InProcess(make(c, null))).Ask(operation, inputs);
    }
}

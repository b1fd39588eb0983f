using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>Every question that an implementation of some description is asked, by the id of its case: a file that anybody can answer.</summary>
public static class Questions
{
    public static IEnumerable<(string Id, Operation Operation, ReadOnlyMemory<byte> Line)> All(Grounds grounds, Description description, Selection selection)
    {
        var run = new VectorRun(new Silent(description), grounds.Oracle);
        foreach (var golden in grounds.Goldens.Values.OrderBy(g => g.Operation, StringComparer.Ordinal))
        {
            var operation = grounds.Catalogue.Find(golden.Operation)!;
            foreach (var one in golden.Cases.Where(c => selection.Includes(c.Id, operation.Name)))
            {
                if (run.Inputs(operation, one) is { } inputs)
                {
                    yield return (one.Id, operation, WireWriter.Request(one.Id, operation, inputs));
                }
            }
        }
    }

    /// <summary>Somebody who is described and says nothing.</summary>
    private sealed class Silent(Description description) : Implementations.IAnswerer
    {
        public Description Description => description;

        public bool Offers(Operation operation) => true;

        public Implementations.Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs) => new Implementations.Unsupported();
    }
}

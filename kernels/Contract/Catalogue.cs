using System.Reflection;

namespace LatentConformance.Contract;

/// <summary>Every operation there is, read off the interfaces of this assembly once.</summary>
public sealed class Catalogue
{
    private static readonly Lazy<Catalogue> Lazily = new(() => new Catalogue(typeof(Catalogue).Assembly));
    private readonly SortedDictionary<string, Operation> operations = new(StringComparer.Ordinal);

    private Catalogue(Assembly assembly)
    {
        foreach (var method in assembly.GetExportedTypes().Where(t => t.IsInterface).SelectMany(t => t.GetMethods()))
        {
            if (method.GetCustomAttribute<OperationAttribute>() is { } attribute)
            {
                var operation = new Operation(method, Signature.Parse(attribute.Signature));
                operations.Add(operation.Name, operation);
            }
        }

        foreach (var operation in operations.Values)
        {
            if (operations.TryGetValue(operation.Name + Operation.GradientSuffix, out var gradient))
            {
                operation.Gradient = gradient;
                gradient.Forward = operation;
            }
        }
    }

    public static Catalogue Standard => Lazily.Value;

    public IEnumerable<Operation> Operations => operations.Values;

    public Operation? Find(string name) => operations.GetValueOrDefault(name);
}

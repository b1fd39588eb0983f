namespace LatentConformance.Contract;

/// <summary>Who is being asked: what a foreign implementation says in its hello and a C# one by <see cref="IDescribed"/>.</summary>
public sealed record Description(string Name, string Version, DType DType, string Device = "cpu")
{
    /// <summary>The well-known code base whose conventions were declared by name, if one was.</summary>
    public string? Profile { get; init; }

    /// <summary>The conventions of all operations that are not named in <see cref="ByOperation"/>.</summary>
    public Conventions Conventions { get; init; } = Conventions.House;

    public IReadOnlyDictionary<string, Conventions> ByOperation { get; init; } = new Dictionary<string, Conventions>();

    /// <summary>A gradient shares its operation's conventions unless it declares its own.</summary>
    public Conventions For(Operation operation) =>
        ByOperation.GetValueOrDefault(operation.Name)
        ?? (operation.Forward is { } forward ? For(forward) : Conventions);
}

/// <summary>A C# implementation says who it is. One that does not is taken for float32 on the cpu, under the house's conventions.</summary>
public interface IDescribed
{
    Description Description { get; }
}

/// <summary>Thrown by an implementation that will not answer: bad arguments are refused, never answered.</summary>
public sealed class RefusalException(string message) : ArgumentException(message);

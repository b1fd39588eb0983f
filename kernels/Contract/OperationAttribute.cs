namespace LatentConformance.Contract;

/// <summary>Gives a method its place on the wire. The text is the signature; renaming the C# method changes nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string signature) : Attribute
{
    public string Signature { get; } = signature;
}

/// <summary>Names the conventions that change what this operation answers; see <see cref="Conventions"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HonoursAttribute(params string[] conventions) : Attribute
{
    public IReadOnlyList<string> Conventions { get; } = conventions;
}

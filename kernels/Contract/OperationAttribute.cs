namespace LatentConformance.Contract;

/// <summary>
/// Gives a method its place on the wire. The text is the signature; renaming the C# method changes nothing. Each method of
/// an interface has a body that throws: a class that does not write its own does not offer the operation.
/// </summary>
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

/// <summary>Says which output is a weighted sum of which two others: from that, the weights of a wrong sum can be told.</summary>
/// <param name="total">The output that is the sum.</param>
/// <param name="first">The term that is not weighted by <see cref="Weight"/>.</param>
/// <param name="second">The term that is.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TotalAttribute(string total, string first, string second) : Attribute
{
    public string Total { get; } = total;

    public string First { get; } = first;

    public string Second { get; } = second;

    /// <summary>The input that weighs the second term against the first, where minimising the total is what it is for.</summary>
    public string? Weight { get; init; }
}

namespace LatentConformance.Contract;

/// <summary>
/// Names a static method as the span kernel of an operation: what a gate times, without the wrapper that meets the contract.
/// Parameters are matched by name, in any order: a field of the operation in camelCase is a span (float or double for float
/// fields, long for int fields; ReadOnlySpan for inputs, Span for outputs) or, where it has no axes and goes in, a number; the
/// name of an axis, in any case, is an int that takes its size. An output without a parameter is not computed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelAttribute(string operation) : Attribute
{
    public string Operation { get; } = operation;
}

/// <summary>A static method without parameters that returns once all kernels of its assembly are done: for devices that work on their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SynchronizeAttribute : Attribute;

namespace LatentConformance.Tests.Reference;

/// <summary>Says that the test reaches what the reference answers by a route that shares no formula with it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SecondRouteAttribute(params string[] operations) : Attribute
{
    public IReadOnlyList<string> Operations { get; } = operations;
}

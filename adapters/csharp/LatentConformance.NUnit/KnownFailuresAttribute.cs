namespace LatentConformance.NUnit;

/// <summary>A baseline file beside the test assembly: what it lists is known to fail, and fails once it passes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KnownFailuresAttribute(string file) : Attribute
{
    public string File { get; } = file;
}

namespace LatentConformance.Torch;

/// <summary>The inputs that no gradient reaches on purpose, by their wire names: zeros there are meant, and not a lost graph.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DetachedAttribute(params string[] inputs) : Attribute
{
    public IReadOnlyList<string> Inputs { get; } = inputs;
}

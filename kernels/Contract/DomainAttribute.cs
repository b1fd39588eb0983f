namespace LatentConformance.Contract;

/// <summary>
/// What the elements of an input may be: "uniforms in (0, 1)", "mask in {0, 1}", "indices in [0, K)". A bound is a number, inf, an axis,
/// an input (of several elements: their product), or a power of these. Outside it is refused, in the gradient too, and NaN with
/// it unless "or nan" follows.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DomainAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

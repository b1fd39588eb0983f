using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Every known mistake, family by family.</summary>
public static class KnownMistakes
{
    public static IReadOnlyList<Mistake> All { get; } = [];
}

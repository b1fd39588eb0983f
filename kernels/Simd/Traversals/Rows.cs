namespace LatentConformance.Simd.Traversals;

/// <summary>Sizes that spans do not carry.</summary>
internal static class Rows
{
    /// <summary>Elements a row; no rows have no elements.</summary>
    public static int Width(int count, int rows) => rows == 0 ? 0 : count / rows;
}

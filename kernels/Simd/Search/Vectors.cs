using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Search;

/// <summary>
/// The vectors to be looked up, where they lie: rows of a matrix, or the positions of a feature map, whose channels are a whole map
/// apart. Nothing is permuted; the search packs what it works on.
/// </summary>
/// <param name="positions">Of one map; 1 for the rows of a matrix.</param>
internal readonly unsafe struct Vectors(float* first, nint count, nint width, nint positions)
{
    public nint Count => count;

    public nint Width => width;

    /// <summary>From one element of a vector to its next.</summary>
    public nint Stride => positions;

    public static Vectors OfMatrix(float* rows, nint count, nint width) => new(rows, count, width, 1);

    public static Vectors OfMaps(float* maps, nint count, nint channels, nint positions) => new(maps, count * positions, channels, positions);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Offset(nint vector) => positions == 1 ? vector * width : (vector / positions * positions * width) + (vector % positions);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(nint vector) => first + Offset(vector);
}

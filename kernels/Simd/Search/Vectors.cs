using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Search;

/// <summary>
/// The vectors to be looked up, where they lie: rows of a matrix, or the positions of a feature map, whose channels are a whole map
/// apart. Nothing is permuted; the search packs what it works on.
/// </summary>
/// <param name="pitch">From one vector to the next, in a matrix.</param>
/// <param name="positions">Of one map; 1 for the rows of a matrix.</param>
internal readonly unsafe struct Vectors(float* first, nint count, nint width, nint pitch, nint positions)
{
    public nint Count => count;

    public nint Width => width;

    /// <summary>From one vector to the next, where their elements lie side by side.</summary>
    public nint Pitch => pitch;

    /// <summary>From one element of a vector to its next.</summary>
    public nint Stride => positions;

    public static Vectors OfMatrix(float* rows, nint count, nint width) => new(rows, count, width, width, 1);

    /// <summary>A chunk of each row: <paramref name="chunks"/> begins at the first row's.</summary>
    public static Vectors OfChunks(float* chunks, nint count, nint width, nint pitch) => new(chunks, count, width, pitch, 1);

    public static Vectors OfMaps(float* maps, nint count, nint channels, nint positions) => new(maps, count * positions, channels, channels, positions);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Offset(nint vector) => positions == 1 ? vector * pitch : (vector / positions * positions * width) + (vector % positions);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(nint vector) => first + Offset(vector);
}

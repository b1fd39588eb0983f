using LatentConformance.Contract;

namespace LatentConformance.Tests.Reference;

/// <summary>The nearest code by trying them all in whole numbers: no distance is rounded, so a tie is a tie.</summary>
internal static class NearestCode
{
    public static int[] Of(Tensor z, Tensor codebook) => [.. Enumerable.Range(0, z.Shape[0]).Select(i => Of(z.RowOf(i), codebook))];

    public static int Of(IReadOnlyCollection<double> row, Tensor codebook)
    {
        var distances = Enumerable.Range(0, codebook.Shape[0]).Select(k => Grid.SquaredDistance(row, codebook.RowOf(k))).ToArray();
        return Array.IndexOf(distances, distances.Min());
    }

    /// <summary>‖z_i − e_k‖² of the nearest code, without rounding.</summary>
    public static double[] Distances(Tensor z, Tensor codebook) =>
        [.. Of(z, codebook).Select((k, i) => Grid.Value(Grid.SquaredDistance(z.RowOf(i), codebook.RowOf(k)), power: 2))];
}

namespace LatentConformance.Mistakes;

/// <summary>Which code each vector takes, by whatever score is the smallest; ties to the lowest index.</summary>
internal static class Codes
{
    public delegate double Score(double[] z, double[] code);

    public static int[] Nearest(Grid z, Grid codebook, Score score, bool lastOfTies = false) =>
        [.. Rows(z).Select(row => Smallest([.. Rows(codebook).Select(code => score(row, code))], lastOfTies))];

    public static int Smallest(double[] scores, bool lastOfTies = false)
    {
        var best = 0;
        for (var k = 1; k < scores.Length; k++)
        {
            // NaN is the smallest, as argmin has it.
            var isFirstNaN = double.IsNaN(scores[k]) && !double.IsNaN(scores[best]);
            best = isFirstNaN || scores[k] < scores[best] || (lastOfTies && scores[k] == scores[best]) ? k : best;
        }

        return best;
    }

    public static IEnumerable<double[]> Rows(Grid grid) =>
        Enumerable.Range(0, grid.Rows).Select(i => Enumerable.Range(0, grid.Columns).Select(j => grid[i, j].Value).ToArray());

    public static double Squared(double[] z, double[] code) => z.Zip(code, (a, b) => (a - b) * (a - b)).Sum();

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>The nearest codes themselves, a row a vector, still traced.</summary>
    public static Grid Chosen(Grid z, Grid codebook)
    {
        var indices = Nearest(z, codebook, Squared);
        return Grid.Matrix(z.Rows, z.Columns, (i, j) => codebook[indices[i], j]);
    }
}

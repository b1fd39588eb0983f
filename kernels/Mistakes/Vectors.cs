namespace LatentConformance.Mistakes;

/// <summary>Rows of a grid as traced vectors, with their lengths and directions.</summary>
internal static class Vectors
{
    public static Traced[] Row(Grid grid, int row) => [.. Enumerable.Range(0, grid.Columns).Select(j => grid[row, j])];

    public static Grid FromRows(Grid like, Func<int, Traced[]> row)
    {
        Traced[][] rows = [.. Enumerable.Range(0, like.Rows).Select(row)];
        return Grid.Matrix(like.Rows, like.Columns, (i, j) => rows[i][j]);
    }

    public static Traced Inner(Traced[] a, Traced[] b) => Traced.Sum(a.Length, j => a[j] * b[j]);

    public static Traced Norm(Traced[] vector) => Traced.Sqrt(Inner(vector, vector));

    public static Traced[] Times(Traced factor, Traced[] vector) => [.. vector.Select(v => factor * v)];

    public static Traced[] Plus(Traced[] a, Traced[] b) => [.. a.Zip(b, (p, q) => p + q)];

    /// <summary>x / max(‖x‖, epsilon); nothing flows back through the length where epsilon took its place.</summary>
    public static Traced[] Unit(Traced[] vector, double epsilon = 0)
    {
        var norm = Norm(vector);
        return [.. vector.Select(v => v / (norm.Value < epsilon ? epsilon : norm))];
    }

    public static Traced[] Stopped(Traced[] vector) => [.. vector.Select(v => v.Detached)];

    public static double[] Values(Traced[] vector) => [.. vector.Select(v => v.Value)];
}

namespace LatentConformance.Mistakes;

/// <summary>How a kernel walks along one axis.</summary>
internal readonly record struct Walk(int Stride, int Before, int After, int Dilation)
{
    public int Positions(int size, int kernel, bool up)
    {
        var room = size + Before + After - (Dilation * (kernel - 1)) - 1;
        return ((room + (up ? Stride - 1 : 0)) / Stride) + 1;
    }

    public int Place(int position, int element) => (position * Stride) - Before + (element * Dilation);
}

/// <summary>A correlation in any number of axes with one thing done otherwise.</summary>
internal sealed record Windows
{
    /// <summary>The walk of an axis, from the right one and the number of the axis.</summary>
    public Func<Walk, int, Walk> Walks { get; init; } = (walk, _) => walk;

    /// <summary>Rounds sizes up.</summary>
    public bool Up { get; init; }

    /// <summary>The kernel's element that is used in the place of another; sizes first.</summary>
    public Func<int[], int[], int[]> Element { get; init; } = (_, at) => at;

    /// <summary>Where (out, in, element) stands in the weight.</summary>
    public Func<int[], int[], int> Weight { get; init; } = (sizes, at) => Flat(at, sizes);

    /// <summary>What is added once to an output of so many terms.</summary>
    public Func<Grid, int, int, Traced> Bias { get; init; } = (bias, channel, _) => bias[channel];

    public Grid Over(Grid x, Grid weight, Grid bias, params Walk[] right)
    {
        Walk[] walks = [.. right.Select(Walks)];
        int[] kernel = weight.Shape[2..];
        int[] shape = [x.Shape[0], weight.Shape[0], .. walks.Select((w, axis) => w.Positions(x.Shape[axis + 2], kernel[axis], Up))];
        return Grid.Each(shape, i =>
        {
            var at = Place(i, shape);
            var terms = new List<Traced>();
            for (var k = 0; k < weight.Columns; k++)
            {
                var tap = Place(k, weight.Shape[1..]);
                int[] place = [at[0], tap[0], .. walks.Select((w, axis) => w.Place(at[axis + 2], tap[axis + 1]))];
                if (place.Zip(x.Shape).All(p => p.First >= 0 && p.First < p.Second))
                {
                    int[] element = [at[1], tap[0], .. Element(kernel, tap[1..])];
                    terms.Add(x[Flat(place, x.Shape)] * weight[Weight(weight.Shape, element)]);
                }
            }

            return Traced.Sum(terms) + Bias(bias, at[1], terms.Count);
        });
    }

    public static int[] Place(int flat, int[] sizes)
    {
        var at = new int[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            (flat, at[axis]) = (flat / sizes[axis], flat % sizes[axis]);
        }

        return at;
    }

    public static int Flat(int[] at, int[] sizes) => at.Zip(sizes).Aggregate(0, (flat, axis) => (flat * axis.Second) + axis.First);
}

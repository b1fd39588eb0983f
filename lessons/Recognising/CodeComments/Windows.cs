namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>How far a window slides along each axis, and how much of it it sees: convolutions and poolings.</summary>
internal sealed record Windows(long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, long[] Extra)
{
    public int Axes => Kernel.Length;

    public static Windows? Of(long[]? kernel, long[]? stride, long[]? padding, long[]? dilation, long[]? extra) =>
        kernel is null || stride is null || padding is null || dilation is null || extra is null
        || kernel.Concat(stride).Concat(dilation).Any(v => v is < 1 or > 1 << 20) || padding.Concat(extra).Any(v => v is < 0 or > 1 << 20)
            ? null
            : new(kernel, stride, padding, dilation, extra);

    /// <summary>The axes behind the channels after it; null where nothing is left of one.</summary>
    public Shape? Slide(Shape from, bool isTransposed)
    {
        var made = from;
        for (var i = 0; i < Axes; i++)
        {
            var axis = from.Rank - Axes + i;
            var length = isTransposed ? Grown(from[axis], i) : Shrunk(from[axis], i);
            if (length is null)
            {
                return null;
            }

            made = made.With(axis, length);
        }

        return made;
    }

    public override string ToString()
    {
        static string One(long[] each) => each.Distinct().Count() == 1 ? $"{each[0]}" : $"({string.Join(", ", each)})";
        return $"kernel {One(Kernel)}, stride {One(Stride)}{(Padding.Any(p => p > 0) ? $", padding {One(Padding)}" : "")}{(Dilation.Any(d => d > 1) ? $", dilation {One(Dilation)}" : "")}";
    }

    private Dim? Shrunk(Dim from, int i)
    {
        var more = (2 * Padding[i]) - (Dilation[i] * (Kernel[i] - 1)) - 1;
        if (from.IsWhole)
        {
            return from.Factor + more < 0 ? null : Dim.Of(((from.Factor + more) / Stride[i]) + 1);
        }

        // H stays H, 4·h becomes 2·h: where what is left over is never a whole step.
        return (long)Math.Floor(more / (double)Stride[i]) == -1 ? from.Over(Dim.Of(Stride[i])) : Dim.Unknown;
    }

    private Dim? Grown(Dim from, int i)
    {
        var more = (Dilation[i] * (Kernel[i] - 1)) + Extra[i] + 1 - Stride[i] - (2 * Padding[i]);
        if (from.IsWhole)
        {
            var length = (from.Factor * Stride[i]) + more;
            return length < 1 ? null : Dim.Of(length);
        }

        return more == 0 ? from.Times(Dim.Of(Stride[i])) : Dim.Unknown;
    }
}

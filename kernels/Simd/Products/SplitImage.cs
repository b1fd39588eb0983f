using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Products;

/// <summary>How a kernel walks over a map: out of every stride-th place, from so many zeros before the first.</summary>
internal readonly record struct Walk(int Stride, int Before, int Dilation);

/// <summary>
/// A map with its zeros around it and its columns parted by their remainder modulo the stride: what neighbouring outputs see through one
/// tap of the kernel then lies side by side, and a register of it is a plain load, whatever the stride. Made once a map, where
/// unrolling each window would copy every number as often as the kernel has taps.
/// </summary>
internal readonly unsafe struct SplitImage : IChunked
{
    private readonly float* map;
    private readonly float* split;
    private readonly Walk walk;
    private readonly (int Height, int Width) size;
    private readonly (int Rows, int Columns) kernel;
    private readonly int lead;

    public SplitImage(float* map, float* split, Walk walk, (int Height, int Width) size, (int Rows, int Columns) kernel, (int Rows, int Columns) outputs)
    {
        (this.walk, this.size, this.kernel) = (walk, size, kernel);
        this.map = map;
        this.split = split;
        lead = (walk.Before + walk.Stride - 1) / walk.Stride;
        RowsPadded = ((outputs.Rows - 1) * walk.Stride) + (walk.Dilation * (kernel.Rows - 1)) + 1;

        // A register may reach beyond the last output; what it finds there is zero, and is left out of the answer.
        var reach = ((walk.Dilation * (kernel.Columns - 1)) / walk.Stride) + 2;
        Run = outputs.Columns + (2 * Workers.Lanes) + lead + reach;
    }

    public int RowsPadded { get; }

    /// <summary>Columns of one remainder, in one row.</summary>
    public int Run { get; }

    public nint Plane => (nint)RowsPadded * walk.Stride * Run;

    /// <summary>From the place of an output's window to what the tap (row, column) of a channel sees.</summary>
    public nint Offset(int channel, int row, int column)
    {
        var shift = (column * walk.Dilation) - walk.Before + (lead * walk.Stride);
        return (channel * Plane) + ((((nint)row * walk.Dilation * walk.Stride) + (shift % walk.Stride)) * Run) + (shift / walk.Stride);
    }

    /// <summary>The place of the window of an output.</summary>
    public nint Window(int row, int column) => ((nint)row * walk.Stride * walk.Stride * Run) + column;

    public void Do<V>(int channel)
        where V : struct, ILanes<V>
    {
        var plane = split + (channel * Plane);
        new Span<float>(plane, (int)Plane).Clear();
        for (var h = 0; h < size.Height && h + walk.Before < RowsPadded; h++)
        {
            var from = map + (((nint)channel * size.Height) + h) * size.Width;
            var row = plane + ((nint)(h + walk.Before) * walk.Stride * Run);
            for (var remainder = 0; remainder < walk.Stride; remainder++, row += Run)
            {
                var columns = Math.Min((size.Width - remainder + walk.Stride - 1) / walk.Stride, Run - lead);
                for (var u = 0; u < columns; u++)
                {
                    row[lead + u] = from[(u * walk.Stride) + remainder];
                }
            }
        }
    }
}

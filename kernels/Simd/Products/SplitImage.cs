using System.Runtime.Intrinsics;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Products;

/// <summary>How a kernel walks over a map: out of every stride-th place, from so many zeros before the first.</summary>
internal readonly record struct Walk(int Stride, int Before, int Dilation);

/// <summary>
/// Some rows of a map with the zeros around it, their columns parted by their remainder modulo the stride: what neighbouring outputs
/// see through one tap of the kernel then lies side by side, and a register of it is a plain load, whatever the stride. To unroll
/// each window would copy every number as often as the kernel has taps.
/// </summary>
/// <param name="rows">Rows of the padded map that are held at once.</param>
internal readonly unsafe struct SplitImage(Walk walk, int channels, (int Height, int Width) size, int rows, int kernelColumns, int outputColumns)
{
    /// <summary>Places before the first column of a row, for the taps that see padding.</summary>
    private readonly int lead = (walk.Before + walk.Stride - 1) / walk.Stride;

    /// <summary>
    /// Columns of one remainder in one row: as many as whole panels have, and as far as the last tap reaches. What a register finds
    /// beyond the last output is left out of the answer.
    /// </summary>
    private readonly int run = (((outputColumns - 1) / (2 * Workers.Lanes)) + 1) * 2 * Workers.Lanes
        + ((walk.Before + walk.Stride - 1) / walk.Stride) + (walk.Dilation * (kernelColumns - 1) / walk.Stride) + 1;

    public nint Size => channels * Plane;

    private nint Plane => (nint)rows * walk.Stride * run;

    /// <summary>From the place of an output's window to what the tap (row, column) of a channel sees.</summary>
    public nint Offset(int channel, int row, int column)
    {
        var shift = (column * walk.Dilation) - walk.Before + (lead * walk.Stride);
        return (channel * Plane) + ((((nint)row * walk.Dilation * walk.Stride) + (shift % walk.Stride)) * run) + (shift / walk.Stride);
    }

    /// <summary>The place of the window of an output, its row counted from the first that is held.</summary>
    public nint Window(int row, int column) => ((nint)row * walk.Stride * walk.Stride * run) + column;

    /// <param name="first">The padded row that is held first.</param>
    public void Take(float* map, int first, float* split)
    {
        for (var c = 0; c < channels; c++)
        {
            for (var r = 0; r < rows; r++)
            {
                var row = split + (c * Plane) + ((nint)r * walk.Stride * run);
                var h = first + r - walk.Before;
                if (h < 0 || h >= size.Height)
                {
                    new Span<float>(row, walk.Stride * run).Clear();
                    continue;
                }

                Part(map + ((((nint)c * size.Height) + h) * size.Width), row);
            }
        }
    }

    private void Part(float* from, float* row)
    {
        for (var remainder = 0; remainder < walk.Stride; remainder++)
        {
            var columns = Math.Min((size.Width - remainder + walk.Stride - 1) / walk.Stride, run - lead);
            new Span<float>(row + (remainder * run), lead).Clear();
            new Span<float>(row + (remainder * run) + lead + columns, run - lead - columns).Clear();
        }

        if (walk.Stride == 2)
        {
            Halve(from, row + lead, row + run + lead);
            return;
        }

        for (var remainder = 0; remainder < walk.Stride; remainder++)
        {
            var columns = Math.Min((size.Width - remainder + walk.Stride - 1) / walk.Stride, run - lead);
            for (var u = 0; u < columns; u++)
            {
                row[(remainder * run) + lead + u] = from[(u * walk.Stride) + remainder];
            }
        }
    }

    /// <summary>The usual stride, as many columns a load as there are registers for.</summary>
    private void Halve(float* from, float* even, float* odd)
    {
        var pairs = Math.Min(size.Width / 2, run - lead);
        var u = 0;
        for (; Vector512.IsHardwareAccelerated && u <= pairs - 8; u += 8)
        {
            Ahead.Fetch(from + (2 * u) + ((nint)size.Height * size.Width));
            var parted = Vector512.Shuffle(Vector512.Load(from + (2 * u)), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15));
            parted.GetLower().Store(even + u);
            parted.GetUpper().Store(odd + u);
        }

        for (; Vector256.IsHardwareAccelerated && u <= pairs - 4; u += 4)
        {
            var parted = Vector256.Shuffle(Vector256.Load(from + (2 * u)), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
            parted.GetLower().Store(even + u);
            parted.GetUpper().Store(odd + u);
        }

        for (; u < pairs; u++)
        {
            (even[u], odd[u]) = (from[2 * u], from[(2 * u) + 1]);
        }

        if (size.Width % 2 == 1 && pairs < run - lead)
        {
            even[pairs] = from[2 * pairs];
        }
    }
}

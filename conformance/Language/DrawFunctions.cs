namespace LatentConformance.Conformance.Language;

/// <summary>Random values; see docs/draws.md.</summary>
internal static class DrawFunctions
{
    public static readonly Function[] All =
    [
        new("normal(sizes...)", "about N(0, 1), on a grid of 1/256", 1, 8,
            call => Drawn(call, call.Sizes(0), d => d.Normal())) { IsDraw = true },
        new("uniform(low, high, sizes...)", "evenly between low and high, on a grid of 1/256 of the span", 2, 8,
            call => Drawn(call, call.Sizes(2), d => d.Uniform(call.Number(0), call.Number(1)))) { IsDraw = true },
        new("integers(low, high, sizes...)", "whole numbers from low to high, both ends in", 2, 8, Integers) { IsDraw = true },
    ];

    private static Quantity Integers(Call call)
    {
        var (low, high) = (call.Whole(0), call.Whole(1));
        return low <= high
            ? Drawn(call, call.Sizes(2), d => low + d.Below((long)high - low + 1))
            : throw call.Error($"no whole numbers from {low} to {high}");
    }

    private static Quantity Drawn(Call call, int[] shape, Func<Draws, double> next)
    {
        var values = new double[Quantity.Checked(shape, call.Position)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = next(call.Draws);
        }

        return new Quantity(shape, values);
    }
}

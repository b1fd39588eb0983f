using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;

namespace LatentConformance.Mistakes;

/// <summary>Transposed convolutions: layouts, turned kernels, and the row that output_padding is about.</summary>
internal static class ConvTransposeMistakes
{
    private const string Name = "conv_transpose2d";

    private static readonly Stamp Right = new();

    public static IEnumerable<Mistake> All =>
    [
        new Wrong("CV01", "output-padding-missing", "The reconstruction is a pixel short: 14 becomes 27.", "Set output_padding to 1 for a kernel of 3 and a stride of 2.")
            .Value(Name, Of(Right with { More = 0 })),
        .. new Wrong("CV01b", "output-padding-above", "The content moves down and to the right.", "Add the rows of output_padding below, the columns to the right.")
            .Both(Name, Of(Right with { MoreBefore = true })),
        .. new Wrong("CV01c", "output-padding-left-blank", "The last row and column hold the bias alone.", "What the kernel reaches in the added row belongs there.")
            .Both(Name, Of(Right with { BlankBeyond = true })),
        .. new Wrong("CV27", "transposed-weight-layout", "The wrong channels are mixed.", "Read the weight as (in, out, ...): the first axis is the input's channels.", "BVLC/caffe#3612")
            .Both(Name, Of(Right with { OutFirst = true })),
        .. new Wrong("CV26", "transposed-kernel-turned", "Stamps are mirrored.", "Add the kernel as it is; it is turned only where this is computed as a correlation.")
            .Both(Name, Of(Right with { Turned = true })),
        .. new Wrong("CV31d", "stamps-overwrite", "Where stamps overlap only the last is left.", "Add overlapping stamps.")
            .Both(Name, Of(Right with { LastWins = true })),
        .. new Wrong("CV31e", "bias-where-stamped-only", "Gaps between stamps are zero.", "Add the bias everywhere, once.")
            .Both(Name, Of(Right with { Bias = (bias, terms) => terms == 0 ? 0 : bias })),
        .. new Wrong("CV31f", "bias-with-every-stamp", "The bias is a checkerboard.", "Add the bias once, after the stamps.")
            .Both(Name, Of(Right with { Bias = (bias, terms) => terms * bias })),
        .. new Wrong("CV31g", "transposed-bias-missing", "Every channel is off by a constant.", "Add the bias.")
            .Both(Name, Of(Right with { Bias = (_, _) => 0 })),
        new Wrong("CV05c", "transposed-padding-ignored", "The map is larger by twice the padding.", "Cut the padding off both ends.")
            .Value(Name, Of(Right with { Padding = 0 })),
    ];

    /// <summary>What is done otherwise than by the book.</summary>
    private sealed record Stamp
    {
        public int? More { get; init; }

        public int? Padding { get; init; }

        public bool MoreBefore { get; init; }

        public bool BlankBeyond { get; init; }

        public bool OutFirst { get; init; }

        public bool Turned { get; init; }

        public bool LastWins { get; init; }

        public Func<Traced, int, Traced> Bias { get; init; } = (bias, _) => bias;
    }

    private static Formula Of(Stamp stamp) => Gives("y", i =>
    {
        var (x, weight, bias) = (i["x"], i["weight"], i["bias"]);
        var (stride, more) = ((int)i["stride"][0].Value, stamp.More ?? (int)i["output_padding"][0].Value);
        var padding = stamp.Padding ?? (int)i["padding"][0].Value;
        var outputs = weight.Shape[1];
        int[] shape = [x.Shape[0], outputs, .. new[] { 2, 3 }.Select(axis => ((x.Shape[axis] - 1) * stride) - (2 * padding) + weight.Shape[axis] + more)];
        var terms = Enumerable.Range(0, shape.Aggregate(1, (p, s) => p * s)).Select(_ => new List<Traced>()).ToArray();
        for (var source = 0; source < x.Count; source++)
        {
            var at = Windows.Place(source, x.Shape);
            for (var k = 0; k < weight.Columns; k++)
            {
                var tap = Windows.Place(k, weight.Shape[1..]);
                int[] place = [at[0], tap[0], .. new[] { 2, 3 }.Select(axis => (at[axis] * stride) - padding + tap[axis - 1] + (stamp.MoreBefore ? more : 0))];
                var ends = new[] { 2, 3 }.Select(axis => shape[axis] - (stamp.BlankBeyond ? more : 0)).ToArray();
                if (place[2] >= 0 && place[2] < ends[0] && place[3] >= 0 && place[3] < ends[1])
                {
                    var (r, s) = stamp.Turned ? (weight.Shape[2] - 1 - tap[1], weight.Shape[3] - 1 - tap[2]) : (tap[1], tap[2]);
                    var element = stamp.OutFirst
                        ? Windows.Flat([tap[0], at[1], r, s], [outputs, x.Shape[1], .. weight.Shape[2..]])
                        : Windows.Flat([at[1], tap[0], r, s], weight.Shape);
                    terms[Windows.Flat(place, shape)].Add(x[source] * weight[element]);
                }
            }
        }

        return Grid.Each(shape, y =>
        {
            var channel = Windows.Place(y, shape)[1];
            return Traced.Sum(stamp.LastWins ? terms[y].TakeLast(1) : terms[y]) + stamp.Bias(bias[channel], terms[y].Count);
        });
    });
}

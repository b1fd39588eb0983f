using LatentConformance.Contract;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>A layer whose codebook learns by averages: which codebook is looked at when, and what of it z is made to feel.</summary>
internal static class QuantizerEmaLayerMistakes
{
    private const string Layer = "vq_ema_layer";

    private sealed record Recipe
    {
        /// <summary>Which codebook the output is taken from and which the loss, of the old one and the new one, both traced.</summary>
        public Func<Grid, Grid, Grid> Decoded { get; init; } = (old, _) => old;

        public Func<Grid, Grid, Grid> Paid { get; init; } = (old, _) => old;

        /// <summary>Whether the vectors in the statistics keep their past.</summary>
        public Func<Traced, Traced> Counted { get; init; } = z => z.Detached;

        /// <summary>The loss of one element, of z, e and beta.</summary>
        public Func<Traced, Traced, Traced, Traced> Loss { get; init; } = (z, e, beta) => beta * Square(z - e.Detached);

        public Func<Traced, Traced, Traced> Pass { get; init; } = (z, e) => Through(z, e.Value);

        public bool SumsDimensions { get; init; }

        public Dictionary<string, Grid> Answer(Grids i)
        {
            var (z, old, beta) = (i["z"], i["codebook"], i["beta"][0]);
            var indices = Codes.Nearest(z, old, Codes.Squared);
            var updated = Updated(i, indices);
            var (shown, paid) = (Decoded(old, updated), Paid(old, updated));
            var loss = Sum(z.Count, e => Loss(z[e], paid[indices[e / z.Columns], e % z.Columns], beta)) / (SumsDimensions ? z.Rows : z.Count);
            return new Dictionary<string, Grid>
            {
                ["quantized"] = Grid.Matrix(z.Rows, z.Columns, (n, j) => Pass(z[n, j], shown[indices[n], j])),
                ["loss"] = Grid.Each([], _ => loss),
                ["new_codebook"] = updated,
            };
        }

        private Grid Updated(Grids i, int[] indices)
        {
            var (z, sums, decay, epsilon) = (i["z"], i["sums"], i["decay"][0].Value, i["epsilon"][0].Value);
            double[] counts = [.. Enumerable.Range(0, sums.Rows).Select(k => (decay * i["counts"][k].Value) + ((1 - decay) * indices.Count(n => n == k)))];
            var total = counts.Sum();
            return Grid.Matrix(sums.Rows, sums.Columns, (k, j) =>
            {
                var fresh = Sum(Enumerable.Range(0, z.Rows).Where(n => indices[n] == k).Select(n => Counted(z[n, j])));
                var smoothed = (counts[k] + epsilon) / (total + (counts.Length * epsilon)) * total;
                return ((decay * sums[k, j]) + ((1 - decay) * fresh)) / smoothed;
            });
        }
    }

    public static IEnumerable<Mistake> All =>
    [
        Gradient("EM24", "statistics-hold-the-graph", "Memory grows, and what is made of the codebook pulls at the encoder.", "Detach the vectors before they are counted.", new() { Counted = z => z }),
        Gradient("EM24a", "loss-by-attached-averages", "The encoder moves its own target.", "Pay for the codebook as it came in, and detach the statistics.", new() { Counted = z => z, Paid = (_, updated) => updated, Loss = (z, e, beta) => beta * Square(z - e) }),
        .. new Wrong("EM01a", "loss-by-the-updated-codebook", "The commitment loss is too small.", "Pay for the codebook as it came in, then update.", "lucidrains/vector-quantize-pytorch#49")
            .Both(Layer, new Recipe { Paid = (_, updated) => updated }.Answer),
        new Wrong("EM01b", "output-of-the-updated-codebook", "The decoder sees codes that the indices did not stand for.", "Return the code that was looked up, then update.", "lucidrains/vector-quantize-pytorch#49")
            .Value(Layer, new Recipe { Decoded = (_, updated) => updated }.Answer),
        .. new Wrong("VL08l", "averaged-codebook-term-too", "Codes learn twice, by averages and by a loss.", "Leave the codebook term out where averages teach the codes.")
            .Both(Layer, new Recipe { Loss = (z, e, beta) => Square(e - z.Detached) + (beta * Square(z - e.Detached)) }.Answer),
        .. new Wrong("VL08m", "ema-layer-beta-forgotten", "Changing beta changes nothing.", "Weigh the commitment by beta.")
            .Both(Layer, new Recipe { Loss = (z, e, _) => Square(z - e.Detached) }.Answer),
        .. new Wrong("VL06e", "ema-layer-sum-over-dimensions", "The loss grows with the width.", "Take the mean over every element.")
            .Both(Layer, new Recipe { SumsDimensions = true }.Answer),
        Gradient("VL05k", "ema-layer-commitment-not-detached", "The codes are pulled by a loss that is the encoder's.", "Stop the codes in the commitment term.", new() { Loss = (z, e, beta) => beta * Square(z - e) }),
        Gradient("VL05l", "ema-layer-encoder-detached", "The encoder's outputs grow without bound.", "Stop the codes, not the encoder, in the commitment term.", new() { Loss = (z, e, beta) => beta * Square(z.Detached - e.Detached) }),
        Gradient("ST01f", "ema-layer-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(q - z).", new() { Pass = (_, e) => e.Detached }),
        Gradient("ST03f", "ema-layer-no-stop-gradient", "The codebook takes the encoder's gradient.", "Stop the gradient in z + sg(q - z).", new() { Pass = (z, e) => z + (e - z) }),
        new Wrong("VA18c", "ema-layer-bypasses-the-quantizer", "The reconstruction is suspiciously good.", "Return the codes, not the vectors.")
            .Answering(Layer, i => Wrong.One("quantized", i["z"])),
        .. EmaMistakes.InSteps(
            (w, ema) => (w with { Name = "layer-" + w.Name }).Answering(Layer, i =>
            {
                var indices = Wrong.Right(Layer, i)["indices"].Int64.ToArray();
                return ema.Update(LearnedCodebook.Of(i), [.. indices.Select(k => (int)k).Zip(LearnedCodebook.Rows(i["z"]))], i["decay"][0], i["epsilon"][0]).Answer(i);
            }),
            "EM04", "EM06", "EM09", "EM10", "EM14"),
    ];

    private static Mistake Gradient(string id, string name, string symptom, string mend, Recipe recipe) =>
        new Wrong(id, name, symptom, mend).Gradient(Layer, recipe.Answer);
}

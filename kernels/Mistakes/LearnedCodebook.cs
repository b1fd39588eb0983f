using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>A codebook with its running counts and sums, to be taken from step to step by recipes that are off in one thing.</summary>
internal sealed record LearnedCodebook(double[][] Codes, double[] Counts, double[][] Sums)
{
    public int Size => Counts.Length;

    public static LearnedCodebook Of(Given inputs) =>
        new(Rows(inputs[inputs.ContainsKey("codebook") ? "codebook" : "sums"]), inputs["counts"].ToDoubles(), Rows(inputs["sums"]));

    /// <summary>The rows of a matrix, or of a stack of them one below the other.</summary>
    public static double[][] Rows(Tensor tensor)
    {
        var (data, width) = (tensor.ToDoubles(), tensor.Shape[^1]);
        return [.. Enumerable.Range(0, tensor.Count / Math.Max(width, 1)).Select(i => data[(i * width)..((i + 1) * width)])];
    }

    public static Tensor Matrix(Tensor like, IEnumerable<double[]> rows) => new(like.Shape.ToArray(), [.. rows.SelectMany(r => r)]);

    public int Nearest(double[] z) => Smallest([.. Codes.Select(e => Mistakes.Codes.Squared(z, e))]);

    public Dictionary<string, Tensor> Answer(Given inputs) => new()
    {
        ["new_counts"] = new Tensor([Size], Counts),
        ["new_sums"] = Matrix(inputs["sums"], Sums),
        ["new_codebook"] = Matrix(inputs["sums"], Codes),
    };

    private static int Smallest(double[] scores) => Mistakes.Codes.Smallest(scores);
}

/// <summary>How one EMA update is made; each mistake changes one part.</summary>
internal sealed record EmaRecipe
{
    public static readonly EmaRecipe Right = new();

    /// <summary>What a code's count is given, of its vectors and those of the batch.</summary>
    public Func<int, int, double> Count { get; init; } = (n, _) => n;

    /// <summary>What a code's sums are given, of one dimension of its vectors.</summary>
    public Func<double[], double> Sum { get; init; } = values => values.Sum();

    public Func<double, double, double, double> BlendCounts { get; init; } = Blended;

    public Func<double, double, double, double> BlendSums { get; init; } = Blended;

    public Func<double, double, int, double, double> Smoothed { get; init; } = (n, total, size, epsilon) => (n + epsilon) / (total + (size * epsilon)) * total;

    public bool SkipsUnused { get; init; }

    public bool CodesFromOldSums { get; init; }

    public LearnedCodebook Update(LearnedCodebook old, IReadOnlyList<(int Code, double[] Vector)> batch, double decay, double epsilon)
    {
        var members = batch.ToLookup(b => b.Code, b => b.Vector);
        bool Kept(int k) => SkipsUnused && !members[k].Any();
        double[] counts = [.. old.Counts.Select((n, k) => Kept(k) ? n : BlendCounts(n, Count(members[k].Count(), batch.Count), decay))];
        double[][] sums = [.. old.Sums.Select((row, k) => Kept(k) ? row : [.. row.Select((m, j) => BlendSums(m, Sum([.. members[k].Select(v => v[j])]), decay))])];
        var total = counts.Sum();
        double[][] codes = [.. (CodesFromOldSums ? old.Sums : sums).Select((row, k) => row.Select(m => m / Smoothed(counts[k], total, old.Size, epsilon)).ToArray())];
        return new(codes, counts, sums);
    }

    private static double Blended(double old, double fresh, double decay) => (decay * old) + ((1 - decay) * fresh);
}

/// <summary>How dead codes are told and replaced.</summary>
internal sealed record RevivalRecipe
{
    public static readonly RevivalRecipe Right = new();

    public Func<double, double, bool> IsDead { get; init; } = (n, threshold) => n < threshold;

    /// <summary>Which candidate the i-th of so many dead codes takes; the code's own number comes second.</summary>
    public Func<int, int, int, int> Pick { get; init; } = (i, _, _) => i;

    public Func<double[], double[]> Copy { get; init; } = c => c;

    public Func<double, double, double> Mass { get; init; } = (_, reset) => reset;

    public Func<double, double, double> SumsOver { get; init; } = (_, reset) => reset;

    public bool KeepsSums { get; init; }

    public bool KeepsCodes { get; init; }

    /// <param name="judged">The counts that the dead are told by.</param>
    public LearnedCodebook Revive(LearnedCodebook old, double[] judged, double[][] candidates, double threshold, double reset)
    {
        int[] dead = [.. Enumerable.Range(0, old.Size).Where(k => IsDead(judged[k], threshold))];
        double[][] codes = [.. old.Codes], sums = [.. old.Sums];
        double[] counts = [.. old.Counts];
        for (var i = 0; i < dead.Length && candidates.Length > 0; i++)
        {
            var k = dead[i];
            var candidate = Copy(candidates[Pick(i, k, dead.Length) % candidates.Length]);
            codes[k] = KeepsCodes ? codes[k] : candidate;
            sums[k] = KeepsSums ? sums[k] : [.. candidate.Select(c => c * SumsOver(old.Counts[k], reset))];
            counts[k] = Mass(old.Counts[k], reset);
        }

        return new(codes, counts, sums);
    }
}

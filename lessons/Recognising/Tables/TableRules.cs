namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>How one column follows from others in the same row.</summary>
/// <param name="Claim">The claim of the spec that states it.</param>
internal sealed record TableRule(string Name, Column Of, IReadOnlyList<Column> From, Func<double[], double> Value, Func<double[], string> Formula, string? Claim = null)
{
    /// <summary>A row at the prior, or with a term of nought, holds by any rule and shows none.</summary>
    public bool IsTelling(double[] from) => Name switch
    {
        "kl" => Value(from) > 1e-9,
        "loss" => from.All(f => f != 0),
        "variance" or "logvar" => from[0] != 1,
        _ => true,
    };

    public static readonly IReadOnlyList<TableRule> All =
    [
        new("kl", Column.Divergence, [Column.Mean, Column.Variance], v => Kl(v[0], v[1]), v => Shown(v[0], v[1]), "kl.formula"),
        new("kl", Column.Divergence, [Column.Mean, Column.Deviation], v => Kl(v[0], v[1] * v[1]), v => Shown(v[0], v[1] * v[1]), "kl.formula"),
        new("kl", Column.Divergence, [Column.Mean, Column.LogVariance], v => Kl(v[0], Math.Exp(v[1])), v => $"½({Digits.Short(v[0])}² + exp({Digits.Short(v[1])}) − ({Digits.Short(v[1])}) − 1)", "kl.formula"),
        new("variance", Column.Variance, [Column.Deviation], v => v[0] * v[0], v => $"{Digits.Short(v[0])}²"),
        new("logvar", Column.LogVariance, [Column.Variance], v => Math.Log(v[0]), v => $"log {Digits.Short(v[0])}"),
        new("logvar", Column.LogVariance, [Column.Deviation], v => 2 * Math.Log(v[0]), v => $"2·log {Digits.Short(v[0])}"),
        new("loss", Column.Loss, [Column.Reconstruction, Column.Divergence, Column.Weight], v => v[0] + (v[1] * v[2]), v => $"{Digits.Short(v[0])} + {Digits.Short(v[2])}·{Digits.Short(v[1])}"),
        new("loss", Column.Loss, [Column.Reconstruction, Column.Divergence], v => v[0] + v[1], v => $"{Digits.Short(v[0])} + {Digits.Short(v[1])}"),
        new("codes", Column.Codes, [Column.Levels, Column.Dimensions], v => Math.Pow(v[0], v[1]), v => $"{Digits.Short(v[0])}^{Digits.Short(v[1])}"),
        new("bits", Column.Bits, [Column.Codes], v => Math.Log2(v[0]), v => $"log2 {Digits.Short(v[0])}"),
    ];

    private static double Kl(double mean, double variance) => ((mean * mean) + variance - Math.Log(variance) - 1) / 2;

    private static string Shown(double mean, double variance) => $"½({Digits.Short(mean)}² + {Digits.Short(variance)} − log {Digits.Short(variance)} − 1)";
}

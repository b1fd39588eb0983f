using System.Text;

namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>What a column of a table holds.</summary>
public enum Column
{
    Unknown,
    Mean,
    Variance,
    Deviation,
    LogVariance,
    Divergence,
    Weight,
    Reconstruction,
    Loss,
    Levels,
    Dimensions,
    Codes,
    Bits,
}

/// <summary>A column's meaning, by its head.</summary>
public static class Columns
{
    private static readonly Dictionary<string, Column> Heads = new(StringComparer.Ordinal)
    {
        ["μ"] = Column.Mean,
        ["mu"] = Column.Mean,
        ["mean"] = Column.Mean,
        ["meanμ"] = Column.Mean,
        ["meanmu"] = Column.Mean,
        ["σ²"] = Column.Variance,
        ["sigma²"] = Column.Variance,
        ["variance"] = Column.Variance,
        ["var"] = Column.Variance,
        ["varianceσ²"] = Column.Variance,
        ["σ"] = Column.Deviation,
        ["sigma"] = Column.Deviation,
        ["std"] = Column.Deviation,
        ["stddev"] = Column.Deviation,
        ["standarddeviation"] = Column.Deviation,
        ["stdσ"] = Column.Deviation,
        ["logσ²"] = Column.LogVariance,
        ["lnσ²"] = Column.LogVariance,
        ["logvar"] = Column.LogVariance,
        ["logvariance"] = Column.LogVariance,
        ["logsigma²"] = Column.LogVariance,
        ["kl"] = Column.Divergence,
        ["klnats"] = Column.Divergence,
        ["kldivergence"] = Column.Divergence,
        ["klterm"] = Column.Divergence,
        ["klloss"] = Column.Divergence,
        ["β"] = Column.Weight,
        ["beta"] = Column.Weight,
        ["klweight"] = Column.Weight,
        ["recon"] = Column.Reconstruction,
        ["reconstruction"] = Column.Reconstruction,
        ["reconstructionloss"] = Column.Reconstruction,
        ["reconloss"] = Column.Reconstruction,
        ["bce"] = Column.Reconstruction,
        ["loss"] = Column.Loss,
        ["totalloss"] = Column.Loss,
        ["total"] = Column.Loss,
        ["levels"] = Column.Levels,
        ["fsqlevels"] = Column.Levels,
        ["levelsl"] = Column.Levels,
        ["l"] = Column.Levels,
        ["d"] = Column.Dimensions,
        ["dims"] = Column.Dimensions,
        ["dimensions"] = Column.Dimensions,
        ["codes"] = Column.Codes,
        ["codebooksize"] = Column.Codes,
        ["codebook"] = Column.Codes,
        ["entries"] = Column.Codes,
        ["k"] = Column.Codes,
        ["numberofcodes"] = Column.Codes,
        ["codebooksizek"] = Column.Codes,
        ["bits"] = Column.Bits,
        ["bitspertoken"] = Column.Bits,
        ["bitspercode"] = Column.Bits,
        ["bitspertokenlog2k"] = Column.Bits,
        ["log2k"] = Column.Bits,
    };

    private static readonly Dictionary<string, Column> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mu"] = Column.Mean,
        ["variance"] = Column.Variance,
        ["sigma"] = Column.Deviation,
        ["logvar"] = Column.LogVariance,
        ["kl"] = Column.Divergence,
        ["beta"] = Column.Weight,
        ["reconstruction"] = Column.Reconstruction,
        ["loss"] = Column.Loss,
        ["levels"] = Column.Levels,
        ["dims"] = Column.Dimensions,
        ["codes"] = Column.Codes,
        ["bits"] = Column.Bits,
        ["none"] = Column.Unknown,
    };

    /// <summary>The names that latent.yml may use.</summary>
    public static IReadOnlyDictionary<string, Column> Known => Names;

    public static Column Of(string head, IReadOnlyDictionary<string, Column> said) =>
        said.TryGetValue(head.Trim(), out var column) || said.TryGetValue(Plain(head), out column) ? column : Heads.GetValueOrDefault(Plain(head));

    /// <summary>Small letters without spaces, indices, brackets and dollar signs; a raised 2 is ².</summary>
    public static string Plain(string head)
    {
        var text = new StringBuilder(head.Length);
        var raised = head.Replace("^{2}", "²", StringComparison.Ordinal).Replace("^2", "²", StringComparison.Ordinal)
            .Replace("\\mu", "μ", StringComparison.Ordinal).Replace("\\sigma", "σ", StringComparison.Ordinal).Replace("\\beta", "β", StringComparison.Ordinal).Replace("\\log", "log", StringComparison.Ordinal)
            .Replace("_{j}", "", StringComparison.Ordinal).Replace("_{i}", "", StringComparison.Ordinal).Replace("_j", "", StringComparison.Ordinal).Replace("_i", "", StringComparison.Ordinal)
            .Replace("ⱼ", "", StringComparison.Ordinal).Replace('µ', 'μ').Replace("log_{2}", "log2", StringComparison.Ordinal).Replace("log₂", "log2", StringComparison.Ordinal);
        foreach (var c in raised)
        {
            if (char.IsLetterOrDigit(c) || c == '²')
            {
                text.Append(char.ToLowerInvariant(c));
            }
        }

        // The index of a dimension, glued to its name.
        var plain = text.ToString();
        return plain is "μj" or "σj" or "klj" or "μi" or "σi" or "kli" ? plain[..^1] : plain is "σj²" or "σi²" or "σ²j" or "σ²i" ? "σ²" : plain;
    }
}

namespace LatentConformance.Lessons.Checking;

/// <summary>How much of the numbers on a page was looked at; silence is never success.</summary>
public sealed record PageCoverage(int Numbers, int Recognised, int Checked, int Wrong)
{
    public static readonly PageCoverage None = new(0, 0, 0, 0);

    public int NotUnderstood => Numbers - Recognised;

    public static PageCoverage operator +(PageCoverage a, PageCoverage b) =>
        new(a.Numbers + b.Numbers, a.Recognised + b.Recognised, a.Checked + b.Checked, a.Wrong + b.Wrong);
}

/// <summary>A number that no rule could make anything of.</summary>
public sealed record Unchecked(int Line, int Column, string Printed);

/// <summary>What became of one file.</summary>
/// <param name="Unreadable">Why it could not be read, in one line; null where it could.</param>
public sealed record PageReport(string Path, IReadOnlyList<Finding> Findings, PageCoverage Coverage, IReadOnlyList<Unchecked> Unchecked, string? Unreadable = null)
{
    /// <summary>Findings that the page or latent.yml accepts.</summary>
    public int Accepted { get; init; }
}

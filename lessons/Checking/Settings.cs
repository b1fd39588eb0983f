using LatentConformance.Lessons.Recognising.Tables;

namespace LatentConformance.Lessons.Checking;

/// <summary>What a course says once, in latent.yml.</summary>
/// <param name="Columns">What a table's head means.</param>
/// <param name="Accept">Findings that stay, and why.</param>
/// <param name="Files">Which files count, as globs; empty for all that can be read.</param>
/// <param name="Skip">Which do not.</param>
public sealed record Settings(
    IReadOnlyDictionary<string, Column> Columns,
    IReadOnlyList<Accepted> Accept,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Skip)
{
    public static readonly Settings None = new(new Dictionary<string, Column>(), [], [], []);
}

/// <param name="File">The end of the path; "" for any file.</param>
/// <param name="Printed">The printed thing, as it stands.</param>
public sealed record Accepted(string File, string Printed, string Reason)
{
    public bool Covers(string path, string printed) =>
        printed == Printed && (File.Length == 0 || path.Replace('\\', '/').EndsWith(File, StringComparison.Ordinal));
}

using LatentConformance.Tests.Goldens;
using NUnit.Framework;

namespace LatentConformance.Tests;

/// <summary>A text held against its golden, line by line. LATENT_ACCEPT=1 takes the new text for the verified one.</summary>
internal static class TextGolden
{
    /// <summary>Each has its test; a file that none of them names is an orphan.</summary>
    public static readonly string[] Names =
    [
        "teeth.txt",
        "rows.txt",
        "cli/ops.json",
        "cli/help.txt",
        "cli/verify-help.txt",
        "cli/claims-help.txt",
        "cli/check-help.txt",
        "cli/gate-help.txt",
        "cli/verify-report.txt",
        "cli/verify-summary.md",
        "api/LatentConformance.txt",
        "api/LatentConformance.NUnit.txt",
    ];

    /// <param name="name">Below goldens, without the "verified": "cli/help.txt".</param>
    public static void Holds(string name, string text)
    {
        Assert.That(Names, Does.Contain(name), "a golden is named in TextGolden.Names");
        text = text.ReplaceLineEndings("\n");
        GoldenDriver.Hold(PathOf(name), text, Environment.GetEnvironmentVariable("LATENT_ACCEPT") == "1", stored => Difference(stored, text));
    }

    public static string PathOf(string name) => Path.Combine(Checkout.Root, "goldens", Path.ChangeExtension(name, ".verified" + Path.GetExtension(name)));

    /// <summary>The first line that is another, or null.</summary>
    public static string? Difference(string stored, string text)
    {
        var (before, now) = (stored.Split('\n'), text.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(before.Length, now.Length)).Where(i => Line(before, i) != Line(now, i)).Select(i => (int?)i).FirstOrDefault();
        return at is not { } line ? null
            : $"line {line + 1} was {Line(before, line)} and is {Line(now, line)}; LATENT_ACCEPT=1 dotnet test accepts it";
    }

    private static string Line(string[] lines, int at) => at < lines.Length ? $"'{lines[at]}'" : "not there";
}

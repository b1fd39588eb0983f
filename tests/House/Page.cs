using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>A page that shows what a command prints, between a marker and the next end. LATENT_ACCEPT=1 writes it anew.</summary>
internal static partial class Page
{
    public static void Holds(string page, string marker, string text)
    {
        var path = Path.Combine(Checkout.Root, page);
        var written = File.ReadAllText(path);
        var start = written.IndexOf($"<!-- {marker} -->\n", StringComparison.Ordinal) + $"<!-- {marker} -->\n".Length;
        var end = written.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("LATENT_ACCEPT") == "1")
        {
            File.WriteAllText(path, written[..start] + text + written[end..]);
            return;
        }

        // The last bit of exp and log, and so the share of a bound that is used, may differ between machines.
        Assert.That(Shares().Replace(written[start..end], "% "), Is.EqualTo(Shares().Replace(text, "% ")), $"{page}, {marker}: accept it with LATENT_ACCEPT=1 dotnet test");
    }

    /// <summary>A page that is written by a command from the first line to the last.</summary>
    public static void Whole(string page, string text)
    {
        var path = Path.Combine(Checkout.Root, page);
        if (Environment.GetEnvironmentVariable("LATENT_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.That(File.Exists(path) ? File.ReadAllText(path) : "", Is.EqualTo(text), $"{page}: accept it with LATENT_ACCEPT=1 dotnet test");
    }

    public static string Console(string command, string output) => $"```console\n$ {command}\n{output}```\n";

    [GeneratedRegex(" +[0-9]+ %")]
    private static partial Regex Shares();
}

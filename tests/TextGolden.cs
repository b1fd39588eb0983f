using NUnit.Framework;

namespace LatentConformance.Tests;

/// <summary>
/// A text held against name.verified.txt (or .json) by Verify's convention: a difference writes name.received beside it.
/// LATENT_ACCEPT=1 takes the new text for the verified one.
/// </summary>
internal static class TextGolden
{
    public static void Holds(string name, string text)
    {
        var verified = Path.Combine(Checkout.Root, name);
        var received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        text = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("LATENT_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
            File.WriteAllText(verified, text);
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
        File.WriteAllText(received, text);
        Assert.That(text, Is.EqualTo(expected), $"{name} differs; see the .received file beside it, and accept it with LATENT_ACCEPT=1 dotnet test");
    }
}

using NUnit.Framework;

namespace LatentConformance.Tests.Goldens;

/// <summary>Holds goldens by Verify's convention without it: what differs is written to name.received beside name.verified.</summary>
internal static class GoldenDriver
{
    /// <param name="accept">Whether the text is to be the verified one from now on.</param>
    /// <param name="differs">What keeps the verified text from being as good as the new one, or null; not asked where they are the same.</param>
    public static void Hold(string verified, string text, bool accept, Func<string, string?> differs)
    {
        var received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
        var stored = File.Exists(verified) ? File.ReadAllText(verified) : null;
        var difference = stored is null ? "there is no such golden yet" : stored == text ? null : differs(stored);
        if (difference is not null)
        {
            File.WriteAllText(accept ? verified : received, text);
        }

        if (difference is null || accept)
        {
            File.Delete(received);
            return;
        }

        Assert.Fail($"{Path.GetFileName(verified)}: {difference}; see {Path.GetFileName(received)} beside it");
    }
}

using System.Runtime.CompilerServices;
using DiffEngine;
using VerifyNUnit;
using VerifyTests;

namespace LatentConformance.Tests.Goldens;

/// <summary>In builds with -p:Verify=true: the same files, held by Verify.</summary>
internal static class GoldenDriver
{
    /// <summary>Bytes as the built-in driver writes them, and nothing opened on anybody's screen.</summary>
    [ModuleInitializer]
    internal static void Agree()
    {
        VerifierSettings.UseUtf8NoBom();
        DiffRunner.Disabled = true;
    }

    /// <param name="accept">Whether the text is to be the verified one from now on.</param>
    /// <param name="differs">What keeps the verified text from being as good as the new one, or null; not asked where they are the same.</param>
    public static void Hold(string verified, string text, bool accept, Func<string, string?> differs)
    {
        var name = Path.GetFileName(verified);
        var stem = name[..name.IndexOf(".verified.", StringComparison.Ordinal)];
        var settings = new VerifySettings();
        settings.UseDirectory(Path.GetDirectoryName(verified)!);
        settings.UseFileName(stem);
        settings.DisableScrubbers();
        settings.UseStringComparer((_, stored, _) => Task.FromResult(differs(stored) is { } difference ? CompareResult.NotEqual(difference) : CompareResult.Equal));
        if (accept)
        {
            settings.AutoVerify();
        }

        Verifier.Verify(text, Path.GetExtension(name)[1..], settings).ToTask().GetAwaiter().GetResult();
    }
}

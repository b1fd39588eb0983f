using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using NUnit.Framework;

namespace LatentConformance.Tests.Wire;

/// <summary>The Python of this machine, or a visible skip where there is none.</summary>
internal static class Python
{
    private static readonly string[] Programs = ["/usr/bin/python3", "python3"];
    private static readonly ConcurrentDictionary<string, string?> Found = new(StringComparer.Ordinal);

    public static string Program => Find("sys", "python3 is not on this machine");

    /// <summary>The one that has a library.</summary>
    public static string With(string library) => Find(library, $"no python3 here has {library}; apt-get install python3-{library}");

    private static string Find(string library, string otherwise)
    {
        var found = Found.GetOrAdd(library, l => Array.Find(Programs, p => Imports(p, l)));
        if (found is null)
        {
            Assert.Ignore(otherwise);
        }

        return found!;
    }

    private static bool Imports(string program, string library)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["-c", $"import {library}"]) { RedirectStandardError = true });
            process!.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

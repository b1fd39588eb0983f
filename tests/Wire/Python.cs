using System.ComponentModel;
using System.Diagnostics;
using NUnit.Framework;

namespace LatentConformance.Tests.Wire;

/// <summary>The Python of this machine, or a visible skip where there is none.</summary>
internal static class Python
{
    private static readonly Lazy<string?> Found = new(() => Array.Find(["/usr/bin/python3", "python3"], Runs));

    public static string Program
    {
        get
        {
            if (Found.Value is null)
            {
                Assert.Ignore("python3 is not on this machine");
            }

            return Found.Value!;
        }
    }

    private static bool Runs(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["-c", "0"]));
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

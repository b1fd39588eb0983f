using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace LatentConformance.Tests.Wire;

/// <summary>The Node of this machine, or a visible skip where there is none.</summary>
internal static class Node
{
    private const string Name = "node";
    private const int Oldest = 18;
    private static readonly Lazy<string?> Version = new(Ask);

    public static string Program
    {
        get
        {
            if (Version.Value is not { } version)
            {
                Assert.Ignore("node is not installed: apt-get install nodejs");
            }
            else if (int.Parse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture) < Oldest)
            {
                Assert.Ignore($"node {version} is installed; the adapter asks for {Oldest} or later");
            }

            return Name;
        }
    }

    private static string? Ask()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Name, ["--version"]) { RedirectStandardOutput = true });
            var version = process!.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LatentConformance.Conformance.Wire;

/// <summary>
/// Children that left their parent's tree (a daemon forks twice) still carry the environment they were started with. On
/// Linux they are found by the mark in it; elsewhere only the tree itself is ended.
/// </summary>
internal static class Leftovers
{
    public const string Variable = "LATENT_RUN";

    public static void Kill(string mark)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // What forks while it is being ended is found in the next round.
        for (var round = 0; round < 3; round++)
        {
            foreach (var id in Marked(mark))
            {
                End(id);
            }
        }
    }

    private static IEnumerable<int> Marked(string mark)
    {
        var wanted = Encoding.ASCII.GetBytes($"{Variable}={mark}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId
                && Environ(folder).AsSpan().IndexOf(wanted) >= 0)
            {
                yield return id;
            }
        }
    }

    private static byte[] Environ(string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // Gone already, or somebody else's.
        }
    }
}

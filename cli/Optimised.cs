using System.Diagnostics;

namespace LatentConformance.Cli;

/// <summary>
/// A runtime that compiles each method once, and fully. Otherwise how far a kernel has risen through the tiers is part of what is
/// timed; the settings are read when a process starts, so it takes one of its own.
/// </summary>
internal static class Optimised
{
    private static readonly string[] Off = ["DOTNET_TieredCompilation", "DOTNET_TieredPGO"];

    public static bool IsOn => Off.All(o => Environment.GetEnvironmentVariable(o) == "0");

    /// <summary>This same command in such a process; its streams are ours, its exit code is returned.</summary>
    public static int Again()
    {
        var words = Environment.GetCommandLineArgs();
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(program, isHost ? words : words.Skip(1));
        foreach (var setting in Off)
        {
            start.Environment[setting] = "0";
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>A program that is no kernel starts faster without.</summary>
    public static void Undo(ProcessStartInfo start)
    {
        foreach (var setting in Off)
        {
            start.Environment.Remove(setting);
        }
    }
}

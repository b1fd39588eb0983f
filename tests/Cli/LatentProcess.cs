using System.Diagnostics;
using System.Text;

namespace LatentConformance.Tests.Cli;

/// <summary>The command as its user runs it: a process, its exit code, its two streams.</summary>
internal static class LatentProcess
{
    private static readonly Lazy<(int Exit, string Out, string Error)> LazyVerify = new(() => Run("verify"));

    /// <summary>`latent verify` and no more: it is asked for in several places, and takes its seconds.</summary>
    public static (int Exit, string Out, string Error) Verify => LazyVerify.Value;

    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "latent.dll");

    public static (int Exit, string Out, string Error) Run(params string[] arguments) => RunIn(Checkout.Root, arguments);

    public static (int Exit, string Out, string Error) RunIn(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        return Process.Start(start)!;
    }

    /// <summary>A copy of spec and goldens that a test may spoil.</summary>
    public static string CopyOfTheSpec()
    {
        var folder = Directory.CreateTempSubdirectory("latent-").FullName;
        foreach (var name in new[] { "spec", "goldens" })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            foreach (var file in Directory.GetFiles(Path.Combine(Checkout.Root, name)))
            {
                File.Copy(file, Path.Combine(folder, name, Path.GetFileName(file)));
            }
        }

        return folder;
    }
}

using System.CommandLine;
using System.Reflection;
using LatentConformance.Conformance;

namespace LatentConformance.Cli;

/// <summary>latent init: an adapter and an example that runs at once, written into a folder of the user's.</summary>
internal static class InitCommand
{
    private static readonly Dictionary<string, (string Program, string Example)> Languages = new(StringComparer.Ordinal)
    {
        ["python"] = (OperatingSystem.IsWindows() ? "python" : "python3", "my_vae.py"),
        ["node"] = ("node", "my_vae.mjs"),
    };

    public static Command Make()
    {
        var language = new Argument<string>("language") { Description = string.Join(" | ", Languages.Keys) };
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where the files go; made where it is not there." };
        var command = new Command("init", "Writes an adapter for your own code, with an example that runs at once.") { language, folder };
        command.SetAction(parsed => Run(parsed.GetValue(language)!, parsed.GetValue(folder)!));
        return command;
    }

    private static int Run(string language, DirectoryInfo folder)
    {
        if (!Languages.TryGetValue(language, out var its))
        {
            throw new UsageException($"latent init has no '{Terminal.Plain(language)}'{Nearest.Hint(language, Languages.Keys)}; there is {string.Join(", ", Languages.Keys)}");
        }

        var prefix = $"init/{language}/";
        var files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToDictionary(n => n, n => Path.Combine(folder.ToString(), n[prefix.Length..]));
        if (files.Values.FirstOrDefault(File.Exists) is { } there)
        {
            throw new UsageException($"{Terminal.Plain(there)} is there already and stays as it is; name another folder");
        }

        foreach (var (name, path) in files)
        {
            Write(name, path);
            Console.Out.WriteLine($"wrote {Terminal.Plain(path)}");
        }

        Console.Out.WriteLine($"next: latent verify -- {its.Program} {Terminal.Plain(Path.Combine(folder.ToString(), its.Example))}");
        return ExitCodes.Holds;
    }

    private static void Write(string name, string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var from = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
            using var to = new FileStream(path, FileMode.CreateNew);
            from.CopyTo(to);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot write {Terminal.Plain(path)}: {denied.Message}");
        }
    }
}

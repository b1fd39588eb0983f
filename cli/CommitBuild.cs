using System.Diagnostics;
using LatentConformance.Conformance.Wire;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Cli;

/// <summary>A commit, built in a worktree that goes away with this object.</summary>
internal sealed class CommitBuild : IDisposable
{
    private readonly string root;
    private readonly string folder;

    private CommitBuild(string root, string folder, KernelSource source, TimeSpan taken)
    {
        this.root = root;
        this.folder = folder;
        Source = source;
        Taken = taken;
    }

    public KernelSource Source { get; }

    /// <summary>The budget is for comparing, not for building.</summary>
    public TimeSpan Taken { get; }

    public static CommitBuild Of(string revision, string project, KernelSource candidate, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var (known, root) = Run(".", ["git", "rev-parse", "--show-toplevel"], stop);
        if (known != 0)
        {
            throw new UsageException("--baseline-commit: the current folder is in no git repository");
        }

        root = root.Trim();
        if (Run(root, ["git", "rev-parse", "--verify", "--quiet", $"{revision}^{{commit}}"], stop).Exit != 0)
        {
            throw new UsageException($"--baseline-commit: no commit '{Terminal.Plain(revision)}'; expected a revision of {root}");
        }

        var folder = Directory.CreateTempSubdirectory("latent-gate-").FullName;
        try
        {
            var tree = Path.Combine(folder, "tree");
            var (exit, output) = Run(root, ["git", "worktree", "add", "--detach", tree, revision], stop);
            if (exit != 0)
            {
                throw new CannotRunException($"{revision}: git worktree add failed: {LastLine(output)}");
            }

            var source = new KernelSource($"{candidate.Shown} at {revision}", Built(tree, root, project, revision, candidate, stop), candidate.ClassName);
            return new CommitBuild(root, folder, source, clock.Elapsed);
        }
        catch
        {
            Remove(root, folder);
            throw;
        }
    }

    public void Dispose() => Remove(root, folder);

    private static string Built(string tree, string root, string project, string revision, KernelSource candidate, CancellationToken stop)
    {
        // A known set's project is given from the root, a person's from where the person stands.
        var relative = Target.ProjectOf(candidate.Shown) == project ? project : Path.GetRelativePath(root, Path.GetFullPath(project));
        var path = Path.Combine(tree, relative);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new CannotRunException($"{revision} has no {relative}; expected the project of the kernels in --project");
        }

        var built = Path.Combine(Path.GetDirectoryName(tree)!, "built");
        var (exit, output) = Run(tree, ["dotnet", "build", path, "-c", "Release", "-o", built, "-nologo", "-clp:ErrorsOnly"], stop);
        if (exit != 0)
        {
            var first = output.Split('\n').FirstOrDefault(l => l.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? LastLine(output);
            throw new CannotRunException($"{revision} does not build: {first.Trim().Replace(tree + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
        }

        var name = candidate.Path.Length > 0 ? Path.GetFileName(candidate.Path) : $"{candidate.Inside!.GetName().Name}.dll";
        return File.Exists(Path.Combine(built, name))
            ? Path.Combine(built, name)
            : throw new CannotRunException($"{relative} at {revision} makes no {name}, the candidate's own name; expected in --project the project that makes it");
    }

    private static void Remove(string root, string folder)
    {
        Run(root, ["git", "worktree", "remove", "--force", Path.Combine(folder, "tree")], CancellationToken.None);
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The assembly may still be mapped; the system clears its temporary folder.
        }
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? last.Trim() : "";

    private static (int Exit, string Output) Run(string folder, string[] words, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Optimised.Undo(start);
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(stop);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : output + error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CannotRunException($"--baseline-commit needs {words[0]}, and it is not on the path");
        }
    }
}

using System.Diagnostics;
using System.Reflection;

namespace LatentConformance.Gate.Kernels;

/// <summary>Where a kernel set comes from. Each opening loads it afresh, so that where its code lies is drawn anew.</summary>
/// <param name="Shown">As the command line names it.</param>
/// <param name="Path">The assembly; empty where it lies inside a program of one file, and cannot be loaded a second time.</param>
/// <param name="ClassName">The class of the assembly; null for all.</param>
public sealed record KernelSource(string Shown, string Path, string? ClassName)
{
    /// <summary>An assembly that this process has already.</summary>
    public Assembly? Inside { get; init; }

    /// <summary>My.dll, or My.dll:ClassName.</summary>
    public static KernelSource OfPath(string target)
    {
        var end = target.LastIndexOf(".dll", StringComparison.OrdinalIgnoreCase) + 4;
        var path = System.IO.Path.GetFullPath(target[..end]);
        var name = target[end..].TrimStart(':');
        return File.Exists(path)
            ? new KernelSource(target, path, name.Length == 0 ? null : name)
            : throw new GateException($"no file '{target[..end]}'; expected an assembly with kernels, as bin/Release/net10.0/My.dll");
    }

    public static KernelSource OfAssembly(string name, Assembly assembly) => new(name, Location(assembly), null) { Inside = assembly };

    public KernelSet Open()
    {
        if (Path.Length == 0)
        {
            return new KernelSet(Shown, Inside!.GetTypes(), null);
        }

        var context = new LoadedApart(Path);
        try
        {
            var assembly = context.LoadFromAssemblyPath(Path);
            RefuseDebug(assembly);
            var types = assembly.GetTypes().Where(t => ClassName is null || t.Name == ClassName || t.FullName == ClassName).ToArray();
            return types.Length > 0
                ? new KernelSet(Shown, types, context)
                : throw new GateException($"{System.IO.Path.GetFileName(Path)} has no class '{ClassName}'{Conformance.Nearest.Hint(ClassName!, assembly.GetTypes().Select(t => t.Name))}");
        }
        catch (Exception broken) when (broken is IOException or BadImageFormatException)
        {
            throw new GateException($"cannot load {System.IO.Path.GetFileName(Path)}: {broken.Message.ReplaceLineEndings(" ")}");
        }
        catch (ReflectionTypeLoadException broken)
        {
            throw new GateException($"cannot load {System.IO.Path.GetFileName(Path)}: {broken.LoaderExceptions[0]?.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>What a debug build takes tells nothing about a release build.</summary>
    private void RefuseDebug(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            throw new GateException($"{Shown} is a debug build, which is not optimised; build it with -c Release");
        }
    }

    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty path is what is asked for there.")]
    private static string Location(Assembly assembly) => assembly.Location;
}

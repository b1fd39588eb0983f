using System.Reflection;
using System.Runtime.Loader;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using LatentConformance.Reference;
using LatentConformance.Simd;

namespace LatentConformance.Cli;

/// <summary>From what a person typed to somebody who answers: a name we know, or a class in an assembly.</summary>
internal static class Target
{
    private static readonly Dictionary<string, Func<object>> Known = new(StringComparer.Ordinal)
    {
        ["reference"] = () => new ReferenceKernels(),
        ["simd"] = () => new SimdKernels(),
    };

    public static IAnswerer Find(string target) =>
        Known.TryGetValue(target, out var make) ? new InProcess(make())
        : target.Contains(".dll", StringComparison.OrdinalIgnoreCase) ? new InProcess(FromAssembly(target))
        : throw new UsageException($"no implementation '{Terminal.Plain(target)}'{Nearest.Hint(target, Known.Keys)}; expected {string.Join(", ", Known.Keys)}, My.dll or My.dll:ClassName");

    private static object FromAssembly(string target)
    {
        var end = target.LastIndexOf(".dll", StringComparison.OrdinalIgnoreCase) + 4;
        var (path, wanted) = (Path.GetFullPath(target[..end]), target[end..].TrimStart(':'));
        var candidates = Implementations(path)
            .Where(t => wanted.Length == 0 || t.Name == wanted)
            .ToArray();
        if (candidates.Length != 1)
        {
            var found = candidates.Length == 0
                ? $"no public class{(wanted.Length == 0 ? "" : $" '{wanted}'")} with a constructor without parameters that implements an interface of the contract"
                : $"several implementations: {string.Join(", ", candidates.Select(t => t.Name))}; say which, as {Path.GetFileName(path)}:{candidates[0].Name}";
            throw new UsageException($"{Path.GetFileName(path)} has {found}");
        }

        return Activator.CreateInstance(candidates[0])!;
    }

    private static Type[] Implementations(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            AssemblyLoadContext.Default.Resolving += (context, name) =>
                File.Exists(Path.Combine(folder, name.Name + ".dll")) ? context.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
            var contract = Catalogue.Standard;
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetExportedTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false } && t.GetConstructor(Type.EmptyTypes) is not null)
                .Where(t => t.GetInterfaces().Any(i => i.GetMethods().Any(m => m.GetCustomAttribute<OperationAttribute>() is not null)))
                .OrderBy(t => t.FullName, StringComparer.Ordinal)
                .ToArray();
        }
        catch (Exception broken) when (broken is IOException or BadImageFormatException or ReflectionTypeLoadException)
        {
            throw new UsageException($"cannot load {Path.GetFileName(path)}: {broken.Message.ReplaceLineEndings(" ")}");
        }
    }
}

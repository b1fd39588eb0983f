using System.Reflection;
using System.Runtime.Loader;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using LatentConformance.Gate.Kernels;
using LatentConformance.Reference;
using LatentConformance.Simd;
using LatentConformance.Torch;

namespace LatentConformance.Cli;

/// <summary>From what a person typed to somebody who answers: a name we know, or a class in an assembly.</summary>
internal static class Target
{
    /// <summary>The one place where names are known: how one is made, and the project that it is built from.</summary>
    private static readonly Dictionary<string, (Func<object> Make, Type Type, string Project)> Known = new(StringComparer.Ordinal)
    {
        ["reference"] = (() => new ReferenceKernels(), typeof(ReferenceKernels), "kernels/Reference"),
        ["simd"] = (() => new SimdKernels(), typeof(SimdKernels), "kernels/Simd"),
    };

    /// <summary>The one of those whose device and precision are chosen.</summary>
    public const string Torch = "torch";

    private static IEnumerable<string> Names => [.. Known.Keys, Torch];

    /// <exception cref="UnavailableException">torch, where this build or this machine lacks what it needs.</exception>
    public static IAnswerer OnDevice(string device, DType dtype) => new InProcess(TorchLeg.Open(device, dtype));

    public static IAnswerer Find(string target) =>
        Known.TryGetValue(target, out var known) ? new InProcess(known.Make())
        : target.Contains(".dll", StringComparison.OrdinalIgnoreCase) ? new InProcess(FromAssembly(target))
        : throw new UsageException(Stranger("implementation", target));

    /// <summary>A kernel set for the gate: a name we know, or an assembly that is loaded apart.</summary>
    public static KernelSource Kernels(string target) =>
        Known.TryGetValue(target, out var known) ? KernelSource.OfAssembly(target, known.Type.Assembly)
        : target == Torch ? throw new UsageException("torch has no kernels over spans, and its calls go to a device; 'benchmarks/compare --device' times it")
        : target.Contains(".dll", StringComparison.OrdinalIgnoreCase) ? KernelSource.OfPath(target)
        : throw new UsageException(Stranger("kernel set", target));

    /// <summary>The project that a known kernel set is built from, from the root of the repository; null for an assembly.</summary>
    public static string? ProjectOf(string target) => Known.TryGetValue(target, out var known) ? known.Project : null;

    private static string Stranger(string what, string target) =>
        $"no {what} '{Terminal.Plain(target)}'{Nearest.Hint(target, Names)}; expected {string.Join(", ", Names)}, My.dll or My.dll:ClassName";

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

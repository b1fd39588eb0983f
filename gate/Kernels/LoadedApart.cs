using System.Reflection;
using System.Runtime.Loader;
using LatentConformance.Contract;

namespace LatentConformance.Gate.Kernels;

/// <summary>
/// One build of a library, beside another build of the same name. The contract alone is shared: its attributes and tensors have
/// to be the same types on both sides.
/// </summary>
internal sealed class LoadedApart(string path) : AssemblyLoadContext(Path.GetFileName(path), isCollectible: true)
{
    private readonly AssemblyDependencyResolver resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(Tensor).Assembly.GetName().Name)
        {
            return typeof(Tensor).Assembly;
        }

        var beside = Path.Combine(Path.GetDirectoryName(path)!, $"{assemblyName.Name}.dll");
        var found = resolver.ResolveAssemblyToPath(assemblyName) ?? (File.Exists(beside) ? beside : null);
        return found is null ? null : LoadFromAssemblyPath(found);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}

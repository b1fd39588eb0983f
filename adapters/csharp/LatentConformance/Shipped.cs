using System.Reflection;

namespace LatentConformance;

/// <summary>The spec and the goldens as they travel inside this assembly.</summary>
public static class Shipped
{
    public const string SpecVersion = "0.1";

    /// <param name="folder">spec or goldens.</param>
    public static IEnumerable<(string File, string Text)> Files(string folder, string extension)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(r => r.StartsWith(folder + "/", StringComparison.Ordinal) && r.EndsWith(extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(r =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(r)!);
                return (r, reader.ReadToEnd());
            });
    }
}

using LatentConformance.Conformance;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Cli;

/// <summary>
/// Where spec and goldens come from: the folders that were named, else the checkout around the current folder, else the
/// copies inside the suite. A page that was just edited is the page that is checked, with no build between.
/// </summary>
internal sealed class Shelf
{
    private readonly DirectoryInfo? spec;
    private readonly DirectoryInfo? goldens;

    private Shelf(DirectoryInfo? spec, DirectoryInfo? goldens)
    {
        this.spec = spec;
        this.goldens = goldens;
    }

    public static string SpecVersion => Shipped.SpecVersion;

    public static Shelf Open(DirectoryInfo? spec, DirectoryInfo? goldens)
    {
        foreach (var named in new[] { spec, goldens })
        {
            if (named is { Exists: false })
            {
                throw new UsageException($"no folder '{Terminal.Plain(named.ToString())}'");
            }
        }

        var checkout = Checkout();
        return new Shelf(
            spec ?? (checkout is null ? null : new DirectoryInfo(Path.Combine(checkout, "spec"))),
            goldens ?? (checkout is null ? null : new DirectoryInfo(Path.Combine(checkout, "goldens"))));
    }

    public SpecBook Book(Catalogue catalogue) => SpecBook.Read(Files(spec, "spec", ".md"), catalogue);

    /// <summary>The folder that goldens are accepted into; only a checkout has one.</summary>
    public DirectoryInfo GoldensFolder => goldens ?? throw new UsageException("goldens are accepted inside a checkout, or with --goldens FOLDER");

    public IReadOnlyDictionary<string, Golden> Goldens(Catalogue catalogue)
    {
        var files = Files(goldens, "goldens", ".verified.json").ToDictionary(f => Stem(f.File, ".verified.json"), StringComparer.Ordinal);
        var orphan = files.Keys.FirstOrDefault(f => catalogue.Find(f) is null);
        if (orphan is not null)
        {
            var hint = Nearest.Hint(orphan, catalogue.Operations.Select(o => o.Name));
            throw new SpecError(new Position(files[orphan].File, 0, 0), $"no operation '{orphan}'{hint}; expected a golden for each operation and no other");
        }

        var all = new Dictionary<string, Golden>(StringComparer.Ordinal);
        foreach (var operation in catalogue.Operations)
        {
            all[operation.Name] = files.TryGetValue(operation.Name, out var file)
                ? GoldenReader.Read(file.Text, file.File, operation)
                : throw new SpecError(new Position($"goldens/{operation.Name}.verified.json", 0, 0), $"missing; {GoldenReader.Mend}");
        }

        return all;
    }

    public InputsFile Inputs(Catalogue catalogue)
    {
        var files = Files(goldens, "goldens", ".inputs").ToDictionary(f => Stem(f.File, ".inputs"), StringComparer.Ordinal);
        return new InputsFile(catalogue, stem => files.TryGetValue(stem, out var file) ? file : null);
    }

    private static IEnumerable<(string File, string Text)> Files(DirectoryInfo? folder, string name, string extension)
    {
        if (folder is not null)
        {
            return folder.Exists
                ? folder.GetFiles("*" + extension).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => (Shown(f.FullName), Text(f)))
                : throw new UsageException($"no folder '{Shown(folder.FullName)}'");
        }

        return Shipped.Files(name, extension);
    }

    private static string Text(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {Shown(file.FullName)}: {denied.Message}");
        }
    }

    private static string Stem(string file, string extension) => Path.GetFileName(file)[..^extension.Length];

    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    private static string? Checkout()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LatentConformance.sln")) && File.Exists(Path.Combine(folder.FullName, "spec", "sources.md")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}

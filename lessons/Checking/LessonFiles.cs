using System.IO.Enumeration;

namespace LatentConformance.Lessons.Checking;

/// <summary>The files that were named, and those that can be read in the folders that were; hidden folders are passed over.</summary>
public static class LessonFiles
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase) { ".md", ".markdown", ".mdx", ".qmd", ".html", ".htm", ".xhtml", ".ipynb", ".txt" };

    /// <exception cref="FileNotFoundException">Neither a file nor a folder is there.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> named, Settings settings)
    {
        var files = new List<string>();
        foreach (var path in named)
        {
            if (File.Exists(path))
            {
                files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                files.AddRange(Below(path).Where(f => Counts(Path.GetRelativePath(path, f).Replace('\\', '/'), settings)).Order(StringComparer.Ordinal));
            }
            else
            {
                throw new FileNotFoundException($"no file or folder '{path}'");
            }
        }

        return files;
    }

    private static FileSystemEnumerable<string> Below(string folder) => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.System })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.FileName is not ['.', ..],
        ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName is not ['.', ..] && !entry.FileName.SequenceEqual("node_modules") && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    };

    private static bool Counts(string path, Settings settings) =>
        (settings.Files.Count > 0 ? settings.Files.Any(g => Matches(g, path)) : Endings.Contains(Path.GetExtension(path)))
        && !settings.Skip.Any(g => Matches(g, path));

    private static bool Matches(string glob, string path) =>
        FileSystemName.MatchesSimpleExpression(glob, path, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(glob, Path.GetFileName(path), ignoreCase: false);
}

namespace LatentConformance.Lessons.Reading;

/// <summary>A page in pieces, in reading order.</summary>
public sealed record Page(SourceText Source, IReadOnlyList<Block> Blocks)
{
    /// <summary>By the ending of the file's name: .md .markdown .mdx .qmd .rst, .html .htm .xhtml, .ipynb; anything else is plain text.</summary>
    public static Page Read(SourceText source) => new(source, []);
}

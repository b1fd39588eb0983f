namespace LatentConformance.Lessons.Reading;

/// <summary>A page in pieces, in reading order.</summary>
public sealed record Page(SourceText Source, IReadOnlyList<Block> Blocks)
{
    /// <summary>By the ending of the file's name: .md .markdown .mdx .qmd .rmd .rst, .html .htm .xhtml, .ipynb; anything else is plain text.</summary>
    /// <exception cref="UnreadableException">A notebook that is none.</exception>
    public static Page Read(SourceText source)
    {
        List<Block> blocks = [];
        var origin = new Origin(source.Text);
        var ending = Path.GetExtension(source.Path).ToLowerInvariant();
        switch (ending)
        {
            case ".md" or ".markdown" or ".mdx" or ".qmd" or ".rmd" or ".rst":
                new MarkdownReader(origin, blocks, isMdx: ending == ".mdx").Read(MarkdownReader.AfterFrontMatter(origin));
                break;
            case ".html" or ".htm" or ".xhtml":
                new HtmlReader(origin, blocks).Read(0, origin.Text.Length);
                break;
            case ".ipynb":
                NotebookReader.Read(source, blocks);
                break;
            default:
                new PlainReader(origin, blocks).Read();
                break;
        }

        return new(source, blocks);
    }
}

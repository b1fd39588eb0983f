namespace LatentConformance.Lessons.Reading;

/// <summary>Notebooks of the formats 3 and 4: cells of Markdown and of code, without what the code printed.</summary>
internal sealed class NotebookReader
{
    private readonly SourceText source;
    private readonly JsonScanner scanner;
    private readonly List<(string Kind, string Language, Origin Inside)> cells = [];
    private string language = "";
    private bool hasCells;

    private NotebookReader(SourceText source) => (this.source, scanner) = (source, new(source));

    public static void Read(SourceText source, List<Block> blocks)
    {
        var reader = new NotebookReader(source);
        reader.Book();
        foreach (var (kind, language, inside) in reader.cells)
        {
            if (kind is "markdown" or "heading")
            {
                new MarkdownReader(inside, blocks, isMdx: false).Read(0);
            }
            else if (kind == "code")
            {
                Listing(inside, language.Length > 0 ? language : reader.language.Length > 0 ? reader.language : "python", blocks);
            }
        }
    }

    private void Book()
    {
        if (scanner.Next() != JsonToken.ObjectStart)
        {
            throw NoCells();
        }

        while (scanner.Next() == JsonToken.Name)
        {
            if (scanner.Is("cells"))
            {
                Cells();
            }
            else if (scanner.Is("worksheets"))
            {
                Worksheets();
            }
            else if (scanner.Is("metadata"))
            {
                Metadata();
            }
            else
            {
                scanner.Next();
                scanner.Skip();
            }
        }

        scanner.Next();
        if (!hasCells)
        {
            throw NoCells();
        }
    }

    private UnreadableException NoCells() =>
        new($"is not a notebook: expected '\"cells\": [...]' in one object, found none, at line {source.PlaceOf(Math.Max(0, source.Text.AsSpan().TrimEnd().Length - 1)).Line}");

    private void Worksheets()
    {
        if (scanner.Next() != JsonToken.ArrayStart)
        {
            scanner.Skip();
            return;
        }

        while (scanner.Next() != JsonToken.ArrayEnd)
        {
            Members(name =>
            {
                if (name == "cells")
                {
                    Cells();
                    return true;
                }

                return false;
            });
        }
    }

    private void Cells()
    {
        if (scanner.Next() != JsonToken.ArrayStart)
        {
            throw scanner.Unexpected("'\"cells\": [...]'");
        }

        hasCells = true;
        while (scanner.Next() != JsonToken.ArrayEnd)
        {
            var (kind, own, inside) = ("", "", (Origin?)null);
            Members(name =>
            {
                switch (name)
                {
                    case "cell_type":
                        kind = Word();
                        return true;
                    case "language":
                        own = Languages.OfFence(Word());
                        return true;
                    case "source" or "input":
                        inside = Source();
                        return true;
                    default:
                        return false;
                }
            });
            if (inside is not null)
            {
                cells.Add((kind, own, inside));
            }
        }
    }

    /// <summary>Names of the page's language: of the kernel, or of what it says about itself.</summary>
    private void Metadata()
    {
        scanner.Next();
        Members(name =>
        {
            if (name is not ("kernelspec" or "language_info" or "kernel_info"))
            {
                return false;
            }

            scanner.Next();
            Members(inner =>
            {
                if (inner != "language" && (inner != "name" || name != "language_info"))
                {
                    return false;
                }

                language = Languages.OfFence(Word());
                return true;
            });
            return true;
        });
    }

    /// <summary>The members of the object that has just begun; what nobody takes is skipped.</summary>
    private void Members(Func<string, bool> take)
    {
        if (scanner.Token != JsonToken.ObjectStart)
        {
            scanner.Skip();
            return;
        }

        while (scanner.Next() == JsonToken.Name)
        {
            var (from, to) = scanner.Inside;
            if (to - from > 40 || !take(source.Text[from..to]))
            {
                scanner.Next();
                scanner.Skip();
            }
        }
    }

    private string Word()
    {
        if (scanner.Next() != JsonToken.String)
        {
            scanner.Skip();
            return "";
        }

        return source.Text[scanner.Inside.From..Math.Min(scanner.Inside.To, scanner.Inside.From + 80)];
    }

    /// <summary>A string, or the lines of one.</summary>
    private Origin? Source()
    {
        var written = new FlatBuilder();
        if (scanner.Next() == JsonToken.String)
        {
            scanner.Decode(written);
        }
        else if (scanner.Token == JsonToken.ArrayStart)
        {
            while (scanner.Next() != JsonToken.ArrayEnd)
            {
                if (scanner.Token == JsonToken.String)
                {
                    scanner.Decode(written);
                }

                scanner.Skip();
            }
        }
        else
        {
            scanner.Skip();
        }

        return written.Length == 0 ? null : new(written.Text.ToString(), [.. written.Map, written.Map[^1] + 1]);
    }

    /// <summary>A first line like %%bash says that the cell is in another language; one like %%time does not.</summary>
    private static void Listing(Origin inside, string language, List<Block> blocks)
    {
        var first = inside.Text.AsSpan(0, inside.LineEnd(0));
        if (first.StartsWith("%%") && first[2..].Trim() is "bash" or "sh" or "html" or "javascript" or "js" or "latex" or "markdown" or "svg" or "writefile" or "R" or "cmd" or "script")
        {
            language = Languages.OfFence(first[2..]);
        }

        if (new MarkdownFence(inside, blocks).All() is { } flat)
        {
            blocks.Add(new Code(flat, language));
        }
    }
}

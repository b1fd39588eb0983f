namespace LatentConformance.Lessons.Reading;

/// <summary>Tables: cells, rows and tables end where they are closed, or where the next one begins.</summary>
internal sealed partial class HtmlReader
{
    private void TablePart(HtmlTag tag, int at)
    {
        if (tag.Element == Element.Table)
        {
            if (tables.Count > 0)
            {
                Scatter(tables[^1]);
            }

            Break(at);
            tables.Add(new());
            return;
        }

        EndCell(at);
        if (tables.Count == 0 || tables[^1].OnlyPlaces)
        {
            Break(at);
            return;
        }

        var table = tables[^1];
        if (tag.Element == Element.Cell)
        {
            Break(at);
            table.InCell = true;
            table.Span = (Number(tag.Value("colspan")), Number(tag.Value("rowspan")));
            return;
        }

        if (tag.Element == Element.Row)
        {
            table.StartRow();
        }
        else
        {
            table.EndRow();
            table.InHead = tag.Element == Element.TableHead;
        }
    }

    private static int Number(ReadOnlySpan<char> value) => int.TryParse(value, out var read) ? read : 1;

    private void Scatter(OpenTable table)
    {
        (table.OnlyPlaces, table.InCell) = (true, false);
        blocks.AddRange(table.Cells().Select(c => new Prose(c)));
        table.Clear();
    }

    private void EndCell(int at)
    {
        if (tables.Count > 0 && tables[^1].InCell)
        {
            tables[^1].Add(Take(at));
            tables[^1].InCell = false;
        }
        else
        {
            Break(at);
        }
    }

    private void EndTable(int at)
    {
        EndCell(at);
        var table = tables[^1];
        tables.RemoveAt(tables.Count - 1);
        if (table.Close() is { } closed)
        {
            blocks.Add(closed is { Rows.Count: 0, Head: [var only] } ? new Prose(only) : closed);
        }
    }
}

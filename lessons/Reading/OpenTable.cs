namespace LatentConformance.Lessons.Reading;

/// <summary>A table of HTML while its cells come in. What a cell spans is filled with empty ones, so that columns stay columns.</summary>
internal sealed class OpenTable
{
    private const int MostSpanned = 64;
    private static readonly Flat Empty = new("", [0]);
    private readonly List<IReadOnlyList<Flat>> rows = [];
    private readonly List<int> below = [];
    private IReadOnlyList<Flat>? head;
    private List<Flat>? row;

    /// <summary>A table that holds tables only places things; its cells are paragraphs.</summary>
    public bool OnlyPlaces { get; set; }

    public bool InHead { get; set; }

    public bool InCell { get; set; }

    public (int Columns, int Rows) Span { get; set; }

    public void StartRow()
    {
        EndRow();
        row = [];
    }

    public void Add(Flat? cell)
    {
        row ??= [];
        FillFromAbove();
        var (columns, down) = (Math.Clamp(Span.Columns, 1, MostSpanned), Math.Clamp(Span.Rows, 1, MostSpanned));
        for (var i = 0; i < columns; i++)
        {
            while (below.Count <= row.Count)
            {
                below.Add(0);
            }

            below[row.Count] = down - 1;
            row.Add(i == 0 ? cell ?? Empty : Empty);
        }
    }

    public void EndRow()
    {
        if (row is null or { Count: 0 })
        {
            return;
        }

        FillFromAbove();
        if (InHead || head is null)
        {
            head = row;
        }
        else
        {
            rows.Add(row);
        }

        row = null;
    }

    /// <summary>Its cells as paragraphs, where it only places things.</summary>
    public IEnumerable<Flat> Cells() => (head ?? []).Concat(rows.SelectMany(r => r)).Concat(row ?? []).Where(c => c.Text.Length > 0 || c.Notes.Count > 0);

    /// <summary>Its cells so far have been taken for paragraphs.</summary>
    public void Clear()
    {
        (head, row) = (null, null);
        rows.Clear();
    }

    public Table? Close()
    {
        EndRow();
        return head is null || !Cells().Any() ? null : new(head, rows);
    }

    private void FillFromAbove()
    {
        while (row!.Count < below.Count && below[row.Count] > 0)
        {
            below[row.Count]--;
            row.Add(Empty);
        }
    }
}

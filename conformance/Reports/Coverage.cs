using System.Globalization;
using System.Text;
using System.Text.Json;
using LatentConformance.Conformance.Spec;

namespace LatentConformance.Conformance.Reports;

/// <summary>
/// How much of each document is checked, counted in statements: a claim that settles three counts three times, and one that
/// stands in two documents counts in both and once in all.
/// </summary>
public static class Coverage
{
    private static readonly ClaimVerdict[] Verdicts = Enum.GetValues<ClaimVerdict>();

    public static string Text(SpecBook book)
    {
        var rows = Rows(book).Select(r => r.Cells().ToArray()).ToArray();
        string[] head = ["document", "statements", "checked", .. Verdicts.Select(ClaimReader.WireName)];
        var widths = head.Select((h, i) => rows.Max(r => Math.Max(h.Length, r[i].Length))).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(head))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row[0].PadRight(widths[0])}{string.Concat(row.Skip(1).Select((c, i) => "  " + c.PadLeft(widths[i + 1])))}\n");
        }

        return text.ToString();
    }

    public static string Json(SpecBook book)
    {
        var rows = Rows(book).Select(r => new Dictionary<string, object>(
            [new("document", r.Document), new("statements", r.Statements), new("checked", r.Checked), .. Verdicts.Select(v => new KeyValuePair<string, object>(ClaimReader.WireName(v), r.Of(v)))]));
        return JsonSerializer.Serialize(rows) + "\n";
    }

    /// <summary>A document each, and all of them together.</summary>
    public static IReadOnlyList<Row> Rows(SpecBook book) =>
    [
        .. book.Documents.Select(d => new Row(d, [.. book.Claims.Where(c => c.Places.Any(p => p.Document == d))])),
        new Row("all", book.Claims),
    ];

    public sealed record Row(string Document, IReadOnlyList<Claim> Claims)
    {
        public int Statements => Claims.Sum(c => c.Ids.Count());

        public int Checked => Claims.Where(c => c.Statements.Count > 0).Sum(c => c.Ids.Count());

        public int Of(ClaimVerdict verdict) => Claims.Where(c => c.Verdict == verdict).Sum(c => c.Ids.Count());

        internal IEnumerable<string> Cells() =>
            Verdicts.Select(Of).Prepend(Checked).Prepend(Statements).Select(n => n.ToString(CultureInfo.InvariantCulture)).Prepend(Document);
    }
}

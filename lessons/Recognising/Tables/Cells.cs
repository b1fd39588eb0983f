using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>A cell that is one number and nothing else, or that holds the levels of a quantizer.</summary>
internal sealed record Cell(Flat Text, Token? Number, double Value, Numeral? Numeral, bool IsAbout)
{
    public bool IsNumber => Number is not null;

    public string Printed => Number is { } n ? Text.Text.Substring(n.Start, n.Length) : Text.Text.Trim();

    public static Cell Of(Flat flat, Column column)
    {
        var tokens = Scanner.Scan(flat.Text);
        var numbers = tokens.Where(t => t.Kind == TokenKind.Number).ToArray();
        if (column is Column.Levels && numbers.Length > 1 && tokens.All(t => t.Kind is TokenKind.Number or TokenKind.Boundary or TokenKind.Open or TokenKind.Close or TokenKind.Times || flat.Text[t.Start] is '[' or ']') && numbers.All(n => n.Number!.IsWhole))
        {
            return new Cell(flat, numbers[0], numbers.Aggregate(1.0, (p, n) => p * n.Value), null, IsAbout: false);
        }

        var isAbout = tokens is [{ Kind: TokenKind.Approximate }, ..];
        var body = isAbout ? tokens[1..] : tokens;
        return body switch
        {
            [{ Kind: TokenKind.Number, Number: { Unit: "", IsRatio: false } n } one] => new Cell(flat, one, n.Value, n, isAbout),
            [{ Kind: TokenKind.Minus } minus, { Kind: TokenKind.Number, Spaced: false, Number: { Unit: "", IsRatio: false } n } one] =>
                new Cell(flat, one with { Start = minus.Start, Length = one.End - minus.Start }, -n.Value, n, isAbout),
            [{ Kind: TokenKind.Number, Number: { Unit: "", IsRatio: false } n } one, { Kind: TokenKind.Word, Name: "nats" or "codes" or "bits" or "entries" }] => new Cell(flat, one, n.Value, n, isAbout),
            [{ Kind: TokenKind.Number, Number: { Unit: "", IsWhole: true } }, .., { Kind: TokenKind.Equal }, { Kind: TokenKind.Number, Number: { Unit: "", IsRatio: false } n } one] => new Cell(flat, one, n.Value, n, isAbout),
            _ => new Cell(flat, null, double.NaN, null, isAbout),
        };
    }

    /// <summary>Everything that would be printed so.</summary>
    public Span Around() => Numeral is null ? Span.Of(Value) : Span.Around(Value, IsAbout ? Numeral.Loose : Numeral.HalfUnit);
}

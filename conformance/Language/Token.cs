namespace LatentConformance.Conformance.Language;

internal enum TokenKind
{
    Number,
    Name,
    Symbol,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, Position Position)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind is TokenKind.Name && Text == word;

    public string Shown => Kind is TokenKind.End ? "the end" : $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'";
}

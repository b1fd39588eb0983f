namespace LatentConformance.Lessons.Recognising.CodeComments;

internal enum TokenKind : byte
{
    Name,
    Number,
    Text,
    Sign,
    Comment,
    LineEnd,
}

internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;

    public bool Is(string text, string what) =>
        Kind is TokenKind.Sign or TokenKind.Name && Length == what.Length && string.CompareOrdinal(text, Start, what, 0, Length) == 0;

    public string Of(string text) => text.Substring(Start, Length);
}

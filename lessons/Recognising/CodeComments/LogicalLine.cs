namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>A statement: its tokens without comments, and the comment behind it.</summary>
/// <param name="Comment">On the row of the statement's end; or all there is.</param>
/// <param name="IsOneRow">It stands on one row, or its last row only closes it: the comment there is about all of it.</param>
internal sealed record LogicalLine(IReadOnlyList<Token> Tokens, Token? Comment, int Indent, bool IsOneRow, IReadOnlyList<Token> Inside)
{
    public static List<LogicalLine> Split(string text)
    {
        var lines = new List<LogicalLine>();
        var tokens = new List<Token>();
        var comments = new List<Token>();
        foreach (var token in Lexer.Read(text, 0, text.Length).Append(new Token(TokenKind.LineEnd, text.Length, 0)))
        {
            if (token.Kind == TokenKind.Comment)
            {
                comments.Add(token);
            }
            else if (token.Kind != TokenKind.LineEnd)
            {
                tokens.Add(token);
            }
            else if (tokens.Count + comments.Count > 0)
            {
                lines.Add(Make(text, tokens, comments));
                tokens = [];
                comments = [];
            }
        }

        return lines;
    }

    private static LogicalLine Make(string text, List<Token> tokens, List<Token> comments)
    {
        if (tokens.Count == 0)
        {
            return new([], comments[0], Column(text, comments[0].Start), true, []);
        }

        var last = tokens[^1];
        var row = text.LastIndexOf('\n', last.Start) + 1;
        var isOneRow = row <= tokens[0].Start;
        var first = tokens.FirstOrDefault(t => t.Start >= row);
        var closes = first.Kind == TokenKind.Sign && text[first.Start] is ')' or ']';
        Token? comment = comments.Count > 0 && comments[^1].Start > last.Start && text.AsSpan(last.Start, comments[^1].Start - last.Start).IndexOf('\n') < 0 ? comments[^1] : null;
        return new(tokens, comment, Column(text, tokens[0].Start), isOneRow || closes, comments);
    }

    private static int Column(string text, int at)
    {
        var column = 0;
        for (var i = text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1; i < at; i++)
        {
            column += text[i] == '\t' ? 8 - (column % 8) : 1;
        }

        return column;
    }
}

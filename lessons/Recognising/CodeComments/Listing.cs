namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Goes through a listing statement by statement.</summary>
internal sealed class Listing(string text, CommentReader comments)
{
    private const int MaxNesting = 32;
    private const int MaxTokens = 4000;
    private const int MaxLines = 5000;

    private readonly List<LogicalLine> lines = LogicalLine.Split(text);

    /// <summary>self.names that the class at hand gives a value to in more than one place.</summary>
    private HashSet<string> contested = [];

    public void Run()
    {
        if (lines.Count <= MaxLines)
        {
            Run(0, lines.Count, new Scope([], new int[1]), 0, "");
        }
    }

    /// <param name="function">The function whose body it is.</param>
    private void Run(int from, int to, Scope scope, int depth, string function)
    {
        for (var i = from; i < to; i++)
        {
            var line = lines[i];
            if (line.Tokens.Count == 0)
            {
                OwnRow(i, to, scope);
                continue;
            }

            var end = BodyEnd(i, to);
            if (end == i + 1 && !StartsBlock(line))
            {
                Single(line, scope, function);
            }
            else if (depth >= MaxNesting)
            {
                Forget(scope, i, end);
            }
            else
            {
                end = Block(i, end, to, scope, depth, function);
            }

            i = end - 1;
        }
    }

    private int Block(int at, int end, int to, Scope scope, int depth, string function)
    {
        var line = lines[at];
        var first = line.Tokens[0].Is(text, "async") && line.Tokens.Count > 1 ? line.Tokens[1] : line.Tokens[0];
        switch (first.Of(text))
        {
            case "def":
                Function(at, end, scope, depth);
                return end;
            case "class":
                Class(at, end, scope, depth);
                return end;
            case "if":
                return Choice(at, end, to, scope, depth, function);
            case "for" or "while":
                Forget(scope, at, end);
                Counter(line, scope);
                Run(at + 1, end, scope, depth + 1, function);
                Forget(scope, at, end);
                return end;
            case "with":
                Forget(scope, at, at + 1);
                Run(at + 1, end, scope, depth + 1, function);
                return end;
            case "try" or "except" or "finally" or "else" or "elif" or "match" or "case":
                Forget(scope, at, at + 1);
                Run(at + 1, end, scope, depth + 1, function);
                Forget(scope, at, end);
                return end;
            default:
                // A listing that was cut out with the margins of its parts.
                Single(line, scope, function);
                Run(at + 1, end, scope, depth + 1, function);
                return end;
        }
    }

    private bool StartsBlock(LogicalLine line) =>
        line.Tokens[0].Kind == TokenKind.Name && line.Tokens[0].Of(text) is "def" or "class" or "if" or "elif" or "else" or "for" or "while" or "with" or "try" or "except" or "finally" or "async";

    /// <summary>Where the lines further in than this one end.</summary>
    private int BodyEnd(int at, int to)
    {
        var end = at + 1;
        for (var i = at + 1; i < to && (lines[i].Tokens.Count == 0 || lines[i].Indent > lines[at].Indent); i++)
        {
            end = lines[i].Tokens.Count > 0 ? i + 1 : end;
        }

        return end;
    }

    private int Choice(int at, int end, int to, Scope scope, int depth, string function)
    {
        var branches = new List<(int From, int To)> { (at, end) };
        var isComplete = false;
        while (!isComplete && end < to)
        {
            var next = end;
            while (next < to && lines[next].Tokens.Count == 0)
            {
                next++;
            }

            if (next >= to || lines[next].Indent != lines[at].Indent || !(lines[next].Tokens[0].Is(text, "elif") || lines[next].Tokens[0].Is(text, "else")))
            {
                break;
            }

            isComplete = lines[next].Tokens[0].Is(text, "else");
            end = BodyEnd(next, to);
            branches.Add((next, end));
        }

        var names = Statements.Assigned(text, lines, at, end);
        var before = names.ToDictionary(n => n, scope.Saved);
        var after = new List<Dictionary<string, Value?>>();
        foreach (var (from, until) in branches)
        {
            foreach (var (name, value) in before)
            {
                scope.Restore(name, value);
            }

            Run(from + 1, until, scope, depth + 1, function);
            after.Add(names.ToDictionary(n => n, scope.Saved));
        }

        if (!isComplete)
        {
            after.Add(before);
        }

        foreach (var name in names)
        {
            // Bodies on the row of their header were not read.
            var first = after[0][name];
            var shape = (first as Tensor)?.Shape;
            var agree = shape is not null && branches.All(b => b.To > b.From + 1) && after.All(a => (a[name] as Tensor)?.Shape is { } other && other.Same(shape));
            if (agree)
            {
                scope.Set(name, Elementwise.Plain((Tensor)first!) with { Deed = null });
            }
            else
            {
                Forget(scope, name);
            }
        }

        return end;
    }

    private void Function(int at, int end, Scope scope, int depth)
    {
        var line = lines[at];
        var nameAt = line.Tokens[0].Is(text, "async") ? 2 : 1;
        var function = nameAt < line.Tokens.Count ? line.Tokens[nameAt].Of(text) : "";
        scope.Forget(function);
        var inner = scope.Inner(scope.Own);
        var parameters = Parameters(line);
        foreach (var (name, _) in parameters)
        {
            if (function != "__init__")
            {
                inner.Set(name, Unknown.Open);
            }
        }

        foreach (var comment in line.Inside)
        {
            Describe(comment, line, parameters, inner);
        }

        Run(at + 1, end, inner, depth + 1, function);
    }

    private void Describe(Token comment, LogicalLine line, List<(string Name, int At)> parameters, Scope scope)
    {
        var row = text.LastIndexOf('\n', comment.Start) + 1;
        var described = line.Tokens[0].Start >= row || text.AsSpan(line.Tokens[0].Start, comment.Start - line.Tokens[0].Start).IndexOf('\n') < 0
            ? parameters.Where(p => p.At < comment.Start).ToList()
            : [.. parameters.Where(p => p.At >= row && p.At < comment.Start)];
        var shape = comments.Believed(comment, [.. described.Select(p => p.Name)], scope, out var of);
        var returns = line.Tokens.Any(t => t.Is(text, "->"));
        var name = of.Length > 0 ? of : described.Count == 1 && !returns ? described[0].Name : null;
        if (shape is not null && name is not null && described.Any(d => d.Name == name))
        {
            scope.Set(name, new Tensor(shape) { IsFree = true });
        }
    }

    /// <summary>All but self.</summary>
    private List<(string Name, int At)> Parameters(LogicalLine line)
    {
        var found = new List<(string Name, int At)>();
        var depth = 0;
        foreach (var (token, i) in line.Tokens.Select((t, i) => (t, i)))
        {
            depth += token.Kind == TokenKind.Sign ? Lexer.Nesting(text[token.Start]) : 0;
            if (depth == 0 && token.Is(text, ")"))
            {
                break;
            }

            var isFirst = i > 0 && depth == 1 && (line.Tokens[i - 1].Is(text, "(") || line.Tokens[i - 1].Is(text, ",") || line.Tokens[i - 1].Is(text, "*") || line.Tokens[i - 1].Is(text, "**"));
            if (isFirst && token.Kind == TokenKind.Name && !token.Is(text, "self"))
            {
                found.Add((token.Of(text), token.Start));
            }
        }

        return found;
    }

    private void Class(int at, int end, Scope scope, int depth)
    {
        if (lines[at].Tokens.Count > 1)
        {
            scope.Forget(lines[at].Tokens[1].Of(text));
        }

        var outer = contested;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        contested = [];
        for (var i = at + 1; i < end; i++)
        {
            contested.UnionWith(Statements.Assigned(text, lines, i, i + 1).Where(n => n.StartsWith("self.", StringComparison.Ordinal) && !seen.Add(n)));
        }

        Run(at + 1, end, scope.Inner([]), depth + 1, "");
        contested = outer;
    }

    /// <summary>for i in range(…): i is a number.</summary>
    private void Counter(LogicalLine line, Scope scope)
    {
        if (line.Tokens.Count > 4 && line.Tokens[0].Is(text, "for") && line.Tokens[2].Is(text, "in") && line.Tokens[3].Is(text, "range"))
        {
            scope.Set(line.Tokens[1].Of(text), new Quantity(Dim.Unknown, null, true));
        }
    }

    private void OwnRow(int at, int to, Scope scope)
    {
        // # x: [B, 3, 64, 64], before x is used.
        var comment = lines[at].Comment!.Value;
        var start = comment.Start;
        while (start < comment.End && (text[start] is '#' or ' '))
        {
            start++;
        }

        var end = start;
        while (end < comment.End && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var name = text[start..end];
        if (!scope.Knows(name) || scope[name] is not Quantity { IsNumber: false } open || (at + 1 < to && Statements.Assigned(text, lines, at + 1, at + 2).Contains(name)))
        {
            return;
        }

        if (comments.Believed(comment, [name], scope, out var of) is { } shape && of == name)
        {
            scope.Set(name, new Tensor(shape) { IsFree = open.IsFree });
        }
    }

    private void Single(LogicalLine line, Scope scope, string function)
    {
        var tokens = line.Tokens;
        if (tokens.Count > MaxTokens || Statements.Find(text, tokens, 0, t => t.Is(text, ";")) >= 0 || StartsBlock(line))
        {
            Forget(scope, tokens);
        }
        else if (tokens[0].Kind == TokenKind.Name && tokens[0].Of(text) is "import" or "from" or "del" or "global" or "nonlocal")
        {
            Forget(scope, tokens);
        }
        else if (tokens[0].Is(text, "return"))
        {
            Given(line, 1, "", Value(tokens, 1, scope), scope);
        }
        else if (!tokens[0].Is(text, "@"))
        {
            new Assignment(text, line, scope, function == "__init__" ? contested : null).Do(this);
        }
    }

    /// <summary>The value of the tokens from a place on.</summary>
    internal Value Value(IReadOnlyList<Token> tokens, int from, Scope scope) =>
        ExprParser.Read(text, tokens, from, tokens.Count) is { } expr ? new Evaluator(scope).Of(expr) : Unknown.Bound;

    /// <summary>A value, and what its comment says of it.</summary>
    internal Value Given(LogicalLine line, int from, string name, Value value, Scope scope)
    {
        if (line.Comment is not { } comment || !line.IsOneRow)
        {
            return value;
        }

        var others = line.Tokens.Skip(from).Where((t, i) => t.Kind == TokenKind.Name && !IsCalled(line.Tokens, from + i)).Select(t => t.Of(text)).Where(n => n != name).ToHashSet();
        var isLiteral = line.Tokens.Any(t => t.Is(text, "tensor") || t.Is(text, "array") || t.Is(text, "Tensor"));
        return comments.Read(comment, name, value, scope, others, isLiteral);
    }

    private bool IsCalled(IReadOnlyList<Token> tokens, int at) => at + 1 < tokens.Count && tokens[at + 1].Is(text, "(");

    internal void Printed(LogicalLine line, string name, Tensor tensor, Scope scope)
    {
        if (line is { Comment: { } comment, IsOneRow: true })
        {
            comments.ReadPrinted(comment, name, tensor, scope);
        }
    }

    internal static void Forget(Scope scope, string name)
    {
        if (name.StartsWith("self.", StringComparison.Ordinal))
        {
            scope.Own.Remove(name["self.".Length..]);
        }
        else
        {
            scope.Forget(name);
        }
    }

    private void Forget(Scope scope, IReadOnlyList<Token> tokens)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Statements.Assigned(text, tokens, names);
        foreach (var name in names)
        {
            Forget(scope, name);
        }
    }

    private void Forget(Scope scope, int from, int to)
    {
        foreach (var name in Statements.Assigned(text, lines, from, to))
        {
            Forget(scope, name);
        }

        scope.ForgetNumbers();
    }
}

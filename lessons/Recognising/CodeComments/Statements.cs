namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>What can be told of a statement from its tokens alone.</summary>
internal static class Statements
{
    private static readonly string[] Setters = ["=", "+=", "-=", "*=", "/=", "//=", "@=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>="];

    /// <summary>Python's way to change a tensor's axes where it is.</summary>
    private static readonly string[] Reshapers = ["unsqueeze_", "squeeze_", "resize_", "resize_as_", "t_", "transpose_", "swapaxes_", "swapdims_", "set_", "resize"];

    public static bool IsSetter(string text, Token token) => token.Kind == TokenKind.Sign && text[token.End - 1] == '=' && Array.Exists(Setters, s => token.Is(text, s));

    /// <summary>Where the sign stands outside all brackets; -1 where it does not.</summary>
    public static int Find(string text, IReadOnlyList<Token> tokens, int from, Func<Token, bool> wanted)
    {
        var depth = 0;
        for (var i = from; i < tokens.Count; i++)
        {
            if (depth == 0 && wanted(tokens[i]))
            {
                return i;
            }

            depth += tokens[i].Kind == TokenKind.Sign ? Lexer.Nesting(text[tokens[i].Start]) : 0;
        }

        return -1;
    }

    /// <summary>Every name that lines may give another value to, self's without the dot as "self.name".</summary>
    public static HashSet<string> Assigned(string text, IReadOnlyList<LogicalLine> lines, int from, int to)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = from; i < to; i++)
        {
            Assigned(text, lines[i].Tokens, names);
        }

        return names;
    }

    public static void Assigned(string text, IReadOnlyList<Token> tokens, HashSet<string> names)
    {
        if (tokens.Count == 0)
        {
            return;
        }

        Bound(text, tokens, names);
        if (tokens.Count > 1 && (tokens[0].Is(text, "def") || tokens[0].Is(text, "class")))
        {
            names.Add(tokens[1].Of(text));
            return;
        }

        var depth = 0;
        var start = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Sign)
            {
                continue;
            }

            if (tokens[i].Is(text, ":=") && i > 0)
            {
                names.Add(tokens[i - 1].Of(text));
            }

            if (depth == 0 && IsSetter(text, tokens[i]))
            {
                AddNames(text, tokens, start, i, names);
                start = i + 1;
            }

            depth += Lexer.Nesting(text[tokens[i].Start]);
            start = depth == 0 && (tokens[i].Is(text, ";") || tokens[i].Is(text, ":")) && !HasSetterAfter(text, tokens, i) ? i + 1 : start;
        }

        if (InPlace(text, tokens) is { Root: var root })
        {
            names.Add(root);
        }
    }

    /// <summary>A method that changes its tensor: x.clamp_(0, 1).</summary>
    public static (string Root, bool IsReshaped)? InPlace(string text, IReadOnlyList<Token> tokens)
    {
        for (var i = 2; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Name || !tokens[i - 1].Is(text, ".") || !tokens[i + 1].Is(text, "("))
            {
                continue;
            }

            var name = tokens[i].Of(text);
            var reshapes = Array.IndexOf(Reshapers, name) >= 0;
            if (!reshapes && !(name[^1] == '_' && name[0] != '_' && name != "requires_grad_"))
            {
                continue;
            }

            var root = i - 2;
            while (root >= 2 && tokens[root - 1].Is(text, "."))
            {
                root -= 2;
            }

            return (tokens[root].Kind == TokenKind.Name ? tokens[root].Of(text) : "", reshapes);
        }

        return null;
    }

    private static bool HasSetterAfter(string text, IReadOnlyList<Token> tokens, int at) => tokens[at].Is(text, ":") && at == 1 && Find(text, tokens, at, t => IsSetter(text, t)) > 0;

    /// <summary>What for, with, import and the like give a value to.</summary>
    private static void Bound(string text, IReadOnlyList<Token> tokens, HashSet<string> names)
    {
        var first = tokens[0].Is(text, "async") ? 1 : 0;
        var keyword = first < tokens.Count ? tokens[first].Of(text) : "";
        switch (keyword)
        {
            case "for":
                AddNames(text, tokens, first + 1, End(text, tokens, "in"), names);
                break;
            case "del" or "global" or "nonlocal":
                AddNames(text, tokens, first + 1, tokens.Count, names);
                break;
            case "with" or "except":
                var after = Find(text, tokens, first, t => t.Is(text, "as"));
                AddNames(text, tokens, after < 0 ? tokens.Count : after + 1, tokens.Count, names);
                break;
            case "import" or "from":
                var imported = new HashSet<string>(StringComparer.Ordinal);
                AddNames(text, tokens, first + 1, tokens.Count, imported);
                imported.ExceptWith(["torch", "np", "numpy", "jnp", "nn", "F", "math", "functional"]);
                names.UnionWith(imported);
                break;
            default:
                break;
        }
    }

    private static int End(string text, IReadOnlyList<Token> tokens, string word)
    {
        var end = Find(text, tokens, 1, t => t.Is(text, word));
        return end < 0 ? tokens.Count : end;
    }

    private static void AddNames(string text, IReadOnlyList<Token> tokens, int from, int to, HashSet<string> names)
    {
        for (var i = from; i < to; i++)
        {
            if (tokens[i].Kind == TokenKind.Name)
            {
                names.Add(tokens[i].Of(text));
            }

            if (i + 2 < to && tokens[i].Is(text, "self") && tokens[i + 1].Is(text, "."))
            {
                names.Add($"self.{tokens[i + 2].Of(text)}");
            }
        }
    }
}

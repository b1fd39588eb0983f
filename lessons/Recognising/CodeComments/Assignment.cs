namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>One statement: it gives values to names, changes a tensor where it is, or shows something.</summary>
/// <param name="contested">The self.names not to believe; null where self.names are not followed.</param>
internal sealed class Assignment(string text, LogicalLine line, Scope scope, HashSet<string>? contested)
{
    private readonly IReadOnlyList<Token> tokens = line.Tokens;

    public void Do(Listing listing)
    {
        var setter = Statements.Find(text, tokens, 0, t => Statements.IsSetter(text, t));
        if (setter < 0)
        {
            Shown(listing);
        }
        else if (tokens[setter].Length > 1)
        {
            Changed(listing, setter);
        }
        else
        {
            Set(listing, setter);
        }

        if (Statements.InPlace(text, tokens) is { } changed)
        {
            if (changed.IsReshaped)
            {
                scope.ForgetShapes();
            }

            scope.ForgetNumbers();
        }
    }

    /// <summary>A statement without a target.</summary>
    private void Shown(Listing listing)
    {
        var expr = ExprParser.Read(text, tokens, 0, tokens.Count);
        if (expr is Expr.Call { Of: Expr.Name { Id: "print" }, Arguments: [var only] })
        {
            expr = only;
        }
        else if (expr is not Expr.Attribute)
        {
            // Whatever is called may change what it is given, or the layers of a network.
            scope.ForgetNumbers();
            for (var i = 2; i < tokens.Count && tokens[i - 1].Is(text, "."); i += 2)
            {
                if (tokens[i].Of(text) is "append" or "extend" or "insert" or "add_module" or "add")
                {
                    Listing.Forget(scope, tokens[0].Is(text, "self") ? $"self.{tokens[2].Of(text)}" : tokens[0].Of(text));
                }
            }
        }

        var shown = expr switch
        {
            Expr.Attribute { Id: "shape", Of: var of } => of,
            Expr.Call { Of: Expr.Attribute { Id: "size", Of: var of }, Arguments: [], Named: [] } => of,
            _ => null,
        };
        if (shown is not null && new Evaluator(scope).Of(shown) is Tensor { Shape: not null } tensor)
        {
            listing.Printed(line, (shown as Expr.Name)?.Id ?? "", tensor, scope);
        }
    }

    /// <summary>x += y.</summary>
    private void Changed(Listing listing, int setter)
    {
        if (setter != 1 || tokens[0].Kind != TokenKind.Name)
        {
            Names(0, setter);
            scope.ForgetNumbers();
            return;
        }

        var name = tokens[0].Of(text);
        var sign = text.Substring(tokens[setter].Start, tokens[setter].Length - 1);
        var before = scope[name];
        var value = Arithmetic.Of(sign, before, listing.Value(tokens, setter + 1, scope));

        // In place, whatever is added.
        value = before is Tensor { Shape: { } shape } && sign != "@" ? (value as Tensor ?? new Tensor(shape)) with { Shape = shape } : value;
        scope.ForgetNumbers();
        scope.Set(name, listing.Given(line, setter + 1, name, value, scope));
    }

    private void Set(Listing listing, int setter)
    {
        var targets = new List<(int From, int To)>();
        var from = 0;
        for (var at = setter; at >= 0; at = Statements.Find(text, tokens, from, t => t.Is(text, "=")))
        {
            targets.Add((from, at));
            from = at + 1;
        }

        // x: Tensor = …
        if (targets is [(0, > 2)] && tokens[1].Is(text, ":"))
        {
            targets = [(0, 1)];
        }

        var expr = ExprParser.Read(text, tokens, from, tokens.Count);
        var value = expr is null ? Unknown.Bound : new Evaluator(scope).Of(expr);
        if (targets is [var only] && only.To - only.From == 1 && tokens[only.From].Kind == TokenKind.Name)
        {
            var name = tokens[only.From].Of(text);
            scope.Set(name, listing.Given(line, from, name, value, scope));
            return;
        }

        foreach (var target in targets)
        {
            One(ExprParser.Read(text, tokens, target.From, target.To), target, expr, value);
        }
    }

    private void One(Expr? target, (int From, int To) place, Expr? expr, Value value)
    {
        switch (target)
        {
            case Expr.Name name:
                scope.Set(name.Id, value);
                break;
            case Expr.Sequence { Items: var items } when items.All(i => i is Expr.Name):
                Unpack([.. items.Cast<Expr.Name>().Select(n => n.Id)], expr, value);
                break;
            case Expr.Attribute { Of: Expr.Name { Id: "self" }, Id: var own }:
                if (contested is not null && !contested.Contains($"self.{own}") && value is not Unknown)
                {
                    scope.Own[own] = scope.Kept(own, value);
                }
                else
                {
                    scope.Own.Remove(own);
                }

                break;
            case Expr.Index:
                scope.ForgetNumbers();
                break;
            default:
                Names(place.From, place.To);
                scope.ForgetNumbers();
                break;
        }
    }

    private void Unpack(IReadOnlyList<string> names, Expr? expr, Value value)
    {
        if (value is Several { Items: var items } && items.Count == names.Count)
        {
            foreach (var (name, item) in names.Zip(items))
            {
                scope.Set(name, item);
            }

            return;
        }

        var isShape = value is not Several && expr is Expr.Attribute { Id: "shape" } or Expr.Call { Of: Expr.Attribute { Id: "size" }, Arguments: [], Named: [] };
        var lengths = new List<Dim>();
        foreach (var name in names)
        {
            scope.Set(name, isShape ? new Quantity(Dim.Unknown, null, true) : Unknown.Bound);
            lengths.Add(scope[name] is Quantity { Dim: var dim } ? dim : Dim.Unknown);
        }

        // B, C = x.shape: so x has two axes, and these are their lengths.
        var of = expr is Expr.Attribute attribute ? attribute.Of : (expr as Expr.Call)?.Of is Expr.Attribute size ? size.Of : null;
        if (isShape && of is Expr.Name { Id: var tensor } && !names.Contains(tensor) && names.Distinct().Count() == names.Count && scope[tensor] is Quantity { IsNumber: false } open)
        {
            scope.Set(tensor, new Tensor(Shape.Of(lengths)) { IsFree = open.IsFree });
        }
    }

    private void Names(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (tokens[i].Kind == TokenKind.Name)
            {
                Listing.Forget(scope, i + 2 < to && tokens[i].Is(text, "self") && tokens[i + 1].Is(text, ".") ? $"self.{tokens[i + 2].Of(text)}" : tokens[i].Of(text));
            }
        }
    }
}

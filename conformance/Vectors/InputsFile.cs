using System.Globalization;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>The inputs of one case, as goldens/&lt;operation&gt;.inputs names them; its expected outputs come from the reference.</summary>
public sealed record CaseInputs(string Name, string About, bool Refuses, IReadOnlyDictionary<string, Tensor> Inputs, Position Position);

/// <summary>
/// Reads an inputs file: a comment says what a case is for, then <c>name: input = expression; input = expression</c>.
/// <c>refuse name:</c> is a case that must be refused, <c>like: operation</c> takes over another operation's cases.
/// </summary>
public sealed class InputsFile(Catalogue catalogue, Func<string, (string File, string Text)?> find)
{
    public IReadOnlyList<CaseInputs> Read(Operation operation) => Read(operation, operation.Name, depth: 0);

    private List<CaseInputs> Read(Operation operation, string stem, int depth)
    {
        if (find(stem) is not { } source)
        {
            throw new SpecError(new Position($"goldens/{stem}.inputs", 0, 0), $"no such file; the cases of {operation.Name} are expected in it");
        }

        var cases = new List<CaseInputs>();
        var about = "";
        foreach (var (text, position) in Entries(source.Text, source.File))
        {
            if (text.StartsWith('#'))
            {
                about = text.TrimStart('#').Trim();
                continue;
            }

            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                throw new SpecError(position, "expected 'name: input = expression; …', 'refuse name: …' or 'like: operation'");
            }

            var name = text[..colon].Trim();
            var body = text[(colon + 1)..];
            var bodyAt = position with { Column = position.Column + colon + 1 };
            if (name == "like")
            {
                if (depth > 3)
                {
                    throw new SpecError(position, "'like:' leads round in a circle");
                }

                cases.AddRange(Read(operation, body.Trim(), depth + 1));
            }
            else
            {
                cases.Add(One(operation, name, about, body, bodyAt));
            }

            about = "";
        }

        if (cases.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new SpecError(twice.Last().Position, $"two cases named '{twice.Key}'");
        }

        return cases;
    }

    private CaseInputs One(Operation operation, string name, string about, string body, Position position)
    {
        var refuses = name.StartsWith("refuse ", StringComparison.Ordinal);
        name = refuses ? name[7..].Trim() : name;
        if (about.Length == 0)
        {
            throw new SpecError(position, $"the case '{name}' has no comment above it that says what it is for");
        }

        var evaluator = new Evaluator(catalogue, new NoOperations(), new Draws($"{operation.Name}/{name}"));
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var start = 0;
        foreach (var part in body.Split(';'))
        {
            var at = Advanced(position, body, start + part.Length - part.TrimStart().Length);
            start += part.Length + 1;
            if (part.Trim().Length == 0)
            {
                continue;
            }

            var let = Parser.ParseLet(part.Trim(), at, catalogue);
            var field = operation.Inputs.FirstOrDefault(f => f.Name == let.Name)
                ?? throw new SpecError(let.Position, $"{operation.Name} has no input '{let.Name}'{Nearest.Hint(let.Name, operation.Inputs.Select(f => f.Name))}");
            var quantity = evaluator.Number(let.Value);
            inputs[field.Name] = field.Kind is not FieldKind.Int ? Tensor.Of(DType.Float64, quantity.Shape, quantity.Values)
                : WholeNumbers(part) is { } whole ? new Tensor(quantity.Shape.ToArray(), whole)
                : Tensor.Of(DType.Int64, quantity.Shape, quantity.Values);
            evaluator.Bind(let.Name, quantity);
        }

        if (operation.Inputs.FirstOrDefault(f => !inputs.ContainsKey(f.Name)) is { } missing)
        {
            throw new SpecError(position, $"the case '{name}' gives no '{missing.Name}'");
        }

        return !refuses && Signature.Misfit(operation.Inputs, inputs, []) is { } misfit
            ? throw new SpecError(position, $"the case '{name}': {misfit}")
            : new CaseInputs(name, about, refuses, inputs, position);
    }

    /// <summary>The language computes in float64; numbers that are written out are taken as they stand, beyond 2^53 too.</summary>
    private static long[]? WholeNumbers(string part)
    {
        var list = part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        var numbers = list.StartsWith('[') && list.EndsWith(']') ? list[1..^1].Split(',') : [];
        var whole = numbers.Select(n => long.TryParse(n, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : (long?)null).ToArray();
        return whole.Length > 0 && whole.All(n => n is not null) ? [.. whole.Select(n => n!.Value)] : null;
    }

    /// <summary>Lines with their indented continuations; blank lines fall away.</summary>
    private static IEnumerable<(string Text, Position Position)> Entries(string text, string file)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line.Length == 0)
            {
                continue;
            }

            var position = new Position(file, i + 1, 1);
            while (!line.StartsWith('#') && i + 1 < lines.Length && lines[i + 1].Length > 0 && char.IsWhiteSpace(lines[i + 1][0]) && lines[i + 1].Trim().Length > 0)
            {
                line += "\n" + lines[++i].TrimEnd();
            }

            yield return (line, position);
        }
    }

    private static Position Advanced(Position position, string text, int offset)
    {
        var before = text[..Math.Min(offset, text.Length)];
        var newlines = before.Count(c => c == '\n');
        return newlines == 0
            ? position with { Column = position.Column + before.Length }
            : position with { Line = position.Line + newlines, Column = before.Length - before.LastIndexOf('\n') };
    }

    private sealed class NoOperations : IOperations
    {
        public IReadOnlyDictionary<string, Quantity> Ask(Operation operation, IReadOnlyDictionary<string, Quantity> inputs) =>
            throw new Unanswered(UnansweredKind.Unsupported, "inputs are made without calling operations");
    }
}

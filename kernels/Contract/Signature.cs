namespace LatentConformance.Contract;

/// <summary>What a field holds on the wire.</summary>
public enum FieldKind
{
    /// <summary>Floating values in the dtype that the implementation declares.</summary>
    Float,

    /// <summary>int64: indices, levels, steps.</summary>
    Int,
}

/// <summary>One input or output: its wire name, its kind, and its axes by name; an axis name means one size throughout a signature.</summary>
public sealed record Field(string Name, FieldKind Kind, IReadOnlyList<string> Axes)
{
    /// <summary>As a kernel's parameter has it: <c>dMu</c> for <c>d_mu</c>.</summary>
    public string ParameterName { get; } =
        string.Concat(Name.Split('_').Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    public override string ToString() =>
        $"{Name}: {(Kind == FieldKind.Int ? "int" : "float")}{(Axes.Count == 0 ? "" : $"[{string.Join(",", Axes)}]")}";
}

/// <summary>
/// An operation as the wire sees it, written once beside its C# method:
/// <c>kl_standard(mu: float[B,D], logvar: float[B,D]) -> kl: float[B]</c>.
/// </summary>
public sealed record Signature(string Name, IReadOnlyList<Field> Inputs, IReadOnlyList<Field> Outputs)
{
    public static Signature Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.IndexOf(')', StringComparison.Ordinal);
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        if (open < 0 || close < open || arrow < close)
        {
            throw new FormatException($"not a signature: {text}");
        }

        return new Signature(text[..open].Trim(), Fields(text[(open + 1)..close]), Fields(text[(arrow + 2)..]));
    }

    public override string ToString() => $"{Name}({string.Join(", ", Inputs)}) -> {string.Join(", ", Outputs)}";

    /// <summary>
    /// Says in one line what does not fit, or null. <paramref name="sizes"/> receives what each axis name stands for.
    /// </summary>
    public static string? Misfit(IReadOnlyList<Field> fields, IReadOnlyDictionary<string, Tensor> tensors, Dictionary<string, int> sizes)
    {
        foreach (var field in fields)
        {
            if (tensors.TryGetValue(field.Name, out var tensor) && Misfit(field, tensor.Shape, sizes) is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }

    public static string? Misfit(Field field, ReadOnlySpan<int> shape, Dictionary<string, int> sizes)
    {
        if (shape.Length != field.Axes.Count)
        {
            return $"{field.Name} has shape {Tensor.Show(shape)}, expected {Expected(field, sizes)}";
        }

        for (var axis = 0; axis < shape.Length; axis++)
        {
            var name = field.Axes[axis];
            if (sizes.TryGetValue(name, out var size) && size != shape[axis])
            {
                return $"{field.Name} has shape {Tensor.Show(shape)}, expected {Expected(field, sizes)}";
            }

            sizes[name] = shape[axis];
        }

        return null;
    }

    private static string Expected(Field field, Dictionary<string, int> sizes)
    {
        var known = string.Join(", ", field.Axes.Where(sizes.ContainsKey).Distinct().Select(a => $"{a} = {sizes[a]}"));
        var axes = $"[{string.Join(", ", field.Axes)}]";
        return known.Length == 0 ? axes : $"{axes} with {known}";
    }

    private static List<Field> Fields(string text)
    {
        var fields = new List<Field>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                fields.Add(OneField(text[start..i].Trim()));
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            }
        }

        return fields;
    }

    private static Field OneField(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon].Trim();
        var type = text[(colon + 1)..].Trim();
        var bracket = type.IndexOf('[', StringComparison.Ordinal);
        string[] axes = bracket < 0 ? [] : type[(bracket + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        var kind = (bracket < 0 ? type : type[..bracket]) switch
        {
            "float" => FieldKind.Float,
            "int" => FieldKind.Int,
            _ => throw new FormatException($"not a field: {text}"),
        };
        return name.Length == 0 ? throw new FormatException($"a field without a name: {text}") : new Field(name, kind, axes);
    }
}

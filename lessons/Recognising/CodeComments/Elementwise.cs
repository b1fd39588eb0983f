using System.Collections.Frozen;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>What is done to each number by itself: the shape stays.</summary>
internal static class Elementwise
{
    /// <summary>The numbers stay too.</summary>
    private static readonly FrozenSet<string> Copies = FrozenSet.ToFrozenSet(
        ["detach", "clone", "float", "double", "half", "to", "cpu", "cuda", "contiguous", "numpy", "copy", "requires_grad_", "bfloat16", "asarray", "from_numpy"]);

    private static readonly FrozenSet<string> Functions = FrozenSet.ToFrozenSet(
    [
        "exp", "log", "log2", "log10", "log1p", "expm1", "sqrt", "rsqrt", "tanh", "sigmoid", "relu", "relu6", "gelu", "silu", "elu", "selu", "celu", "mish", "softplus", "leaky_relu", "logsigmoid",
        "hardtanh", "abs", "absolute", "sin", "cos", "tan", "arctan", "square", "round", "floor", "ceil", "trunc", "sign", "neg", "negative", "reciprocal", "erf", "softmax", "log_softmax", "dropout",
        "normalize", "long", "int", "bool", "astype", "type", "nan_to_num", "tril", "triu", "isnan", "isfinite", "logical_not", "clamp", "clip", "sort_values", "softmin", "softsign", "tanhshrink",
    ]);

    public static Tensor? Try(string name, Tensor x, Given given)
    {
        if (name is "pow" or "power" or "cumsum" or "cumprod" or "flip" or "roll")
        {
            return given[0, "dim", "axis", "exponent"] is Quantity { IsNumber: true } ? Plain(x) : null;
        }

        if (Copies.Contains(name))
        {
            return name is "numpy" ? x with { Library = Library.NumPy } : x;
        }

        if (!Functions.Contains(name) || given.Named.ContainsKey("out"))
        {
            return null;
        }

        return Plain(x) with { Range = Range(name, x, given), IsIndex = name is "long" or "int" || (x.IsIndex && name is "clamp" or "clip") };
    }

    public static Tensor Plain(Tensor x) => x with { Range = null, IsFree = false, IsIndex = false };

    /// <summary>Where the numbers lie after a function; null where no two ends are known.</summary>
    public static Interval? Range(string name, Tensor x, Given? given) => name switch
    {
        "tanh" => x.Range?.Through(Math.Tanh, name) ?? Interval.Of(-1, 1, x.IsFree, name),
        "sigmoid" => x.Range?.Through(v => 1 / (1 + Math.Exp(-v)), name) ?? Interval.Of(0, 1, x.IsFree, name),
        "softmax" => Interval.Of(0, 1, false, name),
        "sin" or "cos" => Interval.Of(-1, 1, x.IsFree && x.Range is null, name),
        "exp" => x.Range?.Through(Math.Exp, name),
        "relu" => x.Range?.Through(v => Math.Max(0, v), name),
        "round" => x.Range is { } range && Ends(range) ? range : null,
        "clamp" or "clip" when given?[0, "min", "a_min"] is Quantity { Formula: { } low } && given[1, "max", "a_max"] is Quantity { Formula: { } high } =>
            x.Range is { } before ? before.Cut(low, high) : new(low, high, x.IsFree, name),
        _ => null,
    };

    private static bool Ends(Interval range) =>
        range.Low.IsConstant && range.High.IsConstant && Math.Floor(range.Low.At[0]) == range.Low.At[0] && Math.Floor(range.High.At[0]) == range.High.At[0];
}

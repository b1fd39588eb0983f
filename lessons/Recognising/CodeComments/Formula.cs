using System.Globalization;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>
/// A number with free positive symbols: how it is written, and its value at each of a few choices of the symbols. Two are equal when
/// they are at every choice.
/// </summary>
internal sealed class Formula
{
    public const int Choices = 12;
    private const int MaxText = 120;

    private enum Binding
    {
        Sum,
        Product,
        Atom,
    }

    private readonly Binding binding;

    private Formula(double[] at, string text, Binding binding, string[] symbols) => (At, Text, this.binding, Symbols) = (at, text, binding, symbols);

    public IReadOnlyList<double> At { get; }

    public string Text { get; }

    public IReadOnlyList<string> Symbols { get; }

    public string InBrackets => Bound(Binding.Product);

    public bool IsConstant => Symbols.Count == 0;

    public static Formula Of(double value)
    {
        // Minus nothing is nothing.
        value += 0.0;
        var text = value.ToString(Math.Abs(value) is 0 or (>= 1e-4 and < 1e9) ? "0.######" : "G6", CultureInfo.InvariantCulture);
        return new([.. Enumerable.Repeat(value, Choices)], text, text[0] == '-' ? Binding.Product : Binding.Atom, []);
    }

    public static Formula Of(string symbol)
    {
        var hash = 2166136261u;
        foreach (var c in symbol)
        {
            hash = (hash ^ c) * 16777619u;
        }

        var at = new double[Choices];
        for (var i = 0; i < Choices; i++)
        {
            hash = (hash ^ (uint)i) * 16777619u;
            var unit = (hash >> 8) / (double)(1 << 24);

            // Whole ones from 2 to 9, and some between.
            at[i] = i % 3 == 2 ? 2 + (7 * unit) : 2 + Math.Floor(8 * unit);
        }

        return new(at, symbol.Split('#')[0], Binding.Atom, [symbol]);
    }

    public static Formula? Add(Formula a, Formula b) =>
        a.Is(0) ? b : b.Is(0) ? a
        : Make(a, b, (x, y) => x + y, b.Text[0] == '-' ? a.Text + b.Text : $"{a.Text}+{b.Text}", Binding.Sum);

    public static Formula? Subtract(Formula a, Formula b) => Negate(b) is not { } less ? null : Add(a, less);

    public static Formula? Multiply(Formula a, Formula b) =>
        a.Is(1) ? b : b.Is(1) ? a
        : a.Is(-1) ? Negate(b) : b.Is(-1) ? Negate(a)
        : Make(a, b, (x, y) => x * y, $"{a.Bound(Binding.Product)}*{b.Bound(Binding.Product)}", Binding.Product);

    public static Formula? Divide(Formula a, Formula b) =>
        b.Is(1) ? a : Make(a, b, (x, y) => x / y, $"{a.Bound(Binding.Product)}/{b.Bound(Binding.Atom)}", Binding.Product);

    public static Formula? Power(Formula a, Formula b) =>
        b.Is(1) ? a : Make(a, b, Math.Pow, $"{a.Bound(Binding.Atom)}^{b.Bound(Binding.Atom)}", Binding.Product);

    public static Formula? Negate(Formula a)
    {
        var zero = Of(0);
        return a.IsConstant ? Of(-a.At[0])
            : a.binding == Binding.Product && a.Text[0] == '-' ? Make(zero, a, (x, y) => x - y, a.Text[1..], Binding.Product)
            : Make(zero, a, (x, y) => x - y, $"-{a.Bound(Binding.Product)}", Binding.Product);
    }

    public bool Is(double value) => IsConstant && At[0] == value;

    /// <summary>+1 or -1 where it has that sign whatever the symbols are; else 0.</summary>
    public int Sign() => At.All(v => v > 0) ? 1 : At.All(v => v < 0) ? -1 : 0;

    private string Bound(Binding needed) => binding < needed ? $"({Text})" : Text;

    private static Formula? Make(Formula a, Formula b, Func<double, double, double> make, string text, Binding binding)
    {
        var at = new double[Choices];
        for (var i = 0; i < Choices; i++)
        {
            at[i] = make(a.At[i], b.At[i]);
        }

        if (text.Length > MaxText || !at.All(double.IsFinite))
        {
            return null;
        }

        return a.IsConstant && b.IsConstant ? Of(at[0]) : new(at, text, binding, [.. a.Symbols.Union(b.Symbols)]);
    }
}

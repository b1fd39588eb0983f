using System.Globalization;

namespace LatentConformance.Lessons.Recognising.CodeComments;

internal enum Likeness
{
    Same,
    Different,
    Unsure,
}

/// <summary>
/// A length of an axis: a whole number times symbols, 1024·B. A symbol is a name, and after # which of the values that the name had
/// one after the other.
/// </summary>
internal sealed class Dim
{
    public static readonly Dim Unknown = new(0, [], false);
    public static readonly Dim One = Of(1);

    private readonly string[] symbols;

    private Dim(long factor, string[] symbols, bool known) => (Factor, this.symbols, IsKnown) = (factor, symbols, known);

    public long Factor { get; }

    public bool IsKnown { get; }

    public bool IsWhole => IsKnown && symbols.Length == 0;

    public IReadOnlyList<string> Symbols => symbols;

    public bool IsOne => IsWhole && Factor == 1;

    public static Dim Of(long whole) => new(whole, [], true);

    public static Dim Of(string symbol) => new(1, [symbol], true);

    public bool Is(long whole) => IsWhole && Factor == whole;

    public Dim Times(Dim other)
    {
        if (!IsKnown || !other.IsKnown || symbols.Length + other.symbols.Length > 8)
        {
            return Unknown;
        }

        var factor = (Int128)Factor * other.Factor;
        return factor > 1L << 50 || factor < -(1L << 50) ? Unknown : new((long)factor, [.. symbols.Concat(other.symbols).Order(StringComparer.Ordinal)], true);
    }

    /// <summary>Unknown where it does not come out without a rest.</summary>
    public Dim Over(Dim other)
    {
        if (!IsKnown || !other.IsKnown || other.Factor == 0 || Factor % other.Factor != 0)
        {
            return Unknown;
        }

        var left = symbols.ToList();
        return other.symbols.All(left.Remove) ? new(Factor / other.Factor, [.. left], true) : Unknown;
    }

    public Likeness Compare(Dim other) =>
        !IsKnown || !other.IsKnown || !symbols.AsSpan().SequenceEqual(other.symbols) ? Likeness.Unsure
        : Factor == other.Factor ? Likeness.Same : Likeness.Different;

    /// <param name="symbolsFirst">B*1024, not 1024*B.</param>
    public string Written(bool symbolsFirst)
    {
        var names = string.Join('*', symbols.Select(s => s.Split('#')[0]));
        var number = Factor.ToString(CultureInfo.InvariantCulture);
        return !IsKnown ? "?" : symbols.Length == 0 ? number : Factor == 1 ? names : symbolsFirst ? $"{names}*{number}" : $"{number}*{names}";
    }

    public override string ToString() => Written(symbolsFirst: true);
}

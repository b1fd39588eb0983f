namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>What a piece of running text is to somebody who looks for sums in it.</summary>
internal enum TokenKind
{
    Number,
    Plus,
    Minus,
    Times,
    Divide,
    Power,

    /// <summary>Raised digits as characters of their own: ² or ⁻¹⁰; the value is the exponent.</summary>
    Raised,
    Open,
    Close,

    /// <summary>The braces of LaTeX, which group.</summary>
    OpenBrace,
    CloseBrace,
    Function,
    Fraction,
    Percent,
    Factorial,

    /// <summary>= and its likes, which make two sides the same.</summary>
    Equal,

    /// <summary>≈ and its likes.</summary>
    Approximate,

    /// <summary>Two letters or more, or an article: it may stand beside a sum without being part of it.</summary>
    Word,

    /// <summary>A name of one letter, a Greek letter, a sign that is not understood: a sum beside it is not whole.</summary>
    Symbol,

    /// <summary>Punctuation, and signs that compare: a sum may begin or end here.</summary>
    Boundary,

    /// <summary>Something left out.</summary>
    Ellipsis,
}

/// <param name="Start">Its place in the flat text.</param>
/// <param name="Spaced">There is white space before it.</param>
/// <param name="Value">Of a number; the exponent of raised digits.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, bool Spaced, Numeral? Number = null, double Value = 0, string Name = "")
{
    public int End => Start + Length;

    public bool IsRelation => Kind is TokenKind.Equal or TokenKind.Approximate;

    /// <summary>May stand inside a sum.</summary>
    public bool IsArithmetic => Kind <= TokenKind.Factorial;
}

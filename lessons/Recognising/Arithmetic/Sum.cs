namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>Arithmetic as it was written out.</summary>
internal abstract record Sum
{
    /// <summary>The numbers in it, from left to right.</summary>
    public abstract IEnumerable<Printed> Numbers { get; }

    /// <summary>What it comes to when each printed number stands for what <paramref name="stands"/> says.</summary>
    public abstract Span Value(Func<Printed, Span> stands, Reading reading);
}

/// <summary>What a bare "log" may mean.</summary>
internal enum Reading
{
    Natural,
    Binary,
    Decimal,
}

internal sealed record Printed(Numeral Number, Token Token) : Sum
{
    public override IEnumerable<Printed> Numbers => [this];

    public override Span Value(Func<Printed, Span> stands, Reading reading) => stands(this);
}

internal sealed record Of(char Sign, Sum Left, Sum Right) : Sum
{
    public override IEnumerable<Printed> Numbers => Left.Numbers.Concat(Right.Numbers);

    public override Span Value(Func<Printed, Span> stands, Reading reading)
    {
        var (a, b) = (Left.Value(stands, reading), Right.Value(stands, reading));
        return Sign switch
        {
            '+' => a + b,
            '-' => a - b,
            '*' => a * b,
            '/' => a / b,
            // 0^0 is one to some, and nothing to others.
            _ => b is { Low: 0, High: 0 } && a.Low <= 0 && a.High >= 0 ? Span.Of(double.NaN) : a.To(b),
        };
    }
}

internal sealed record Function(string Name, Sum Of) : Sum
{
    public override IEnumerable<Printed> Numbers => Of.Numbers;

    public override Span Value(Func<Printed, Span> stands, Reading reading)
    {
        var of = Of.Value(stands, reading);
        return Name switch
        {
            "-" => -of,
            "%" => of / Span.Of(100),
            "!" => of.Low == of.High && of.Low is >= 0 and <= 170 && of.Low % 1 == 0 ? Span.Of(Enumerable.Range(1, (int)of.Low).Aggregate(1.0, (a, b) => a * b)) : Span.Of(double.NaN),
            "exp" => of.Through(Math.Exp),
            "sqrt" => of.Low < 0 ? new Span(0, Math.Sqrt(of.High)) : of.Through(Math.Sqrt),
            "ln" => of.Through(Math.Log),
            "log2" => of.Through(Math.Log2),
            "log10" or "lg" => of.Through(Math.Log10),
            _ => of.Through(reading switch { Reading.Natural => Math.Log, Reading.Binary => Math.Log2, _ => Math.Log10 }),
        };
    }
}

namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>A number as it is printed: its value, and everything else that would be printed so.</summary>
/// <param name="Value">With its suffix multiplied in: 84M is 84,000,000.</param>
/// <param name="HalfUnit">Half a unit of the last digit that is printed, the suffix multiplied in.</param>
/// <param name="Suffix">K, M, B… or a word for it; "" without one.</param>
/// <param name="Unit">Letters that stick to it and are no suffix: ms, dB.</param>
/// <param name="IsRatio">A multiplication sign follows that multiplies nothing: 48×.</param>
internal sealed record Numeral(double Value, double HalfUnit, int Decimals, int Digits, bool IsWhole, string Suffix = "", string Unit = "", bool IsRatio = false, bool IsGlyph = false)
{
    /// <summary>Digits that say something: those of 0.04 are one, those of 3.0 two, those of 1200 two.</summary>
    public int SignificantDigits { get; init; } = Digits;

    /// <summary>Somebody chose it, as 0.2, 2.5 or 0.25; 0.31 and 44.8 were measured, and rounded before they were printed.</summary>
    public bool IsChosen => (IsWhole && Suffix.Length == 0) || HalfUnit == 0 || SignificantDigits == 1 || (SignificantDigits == 2 && Decimals <= 1)
        || (SignificantDigits <= 3 && Math.Round(Value / (2 * HalfUnit)) % 5 == 0);

    /// <summary>What the suffix multiplies by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>
    /// How far a value may be from the one that is printed. Two zeros or more at the end of a whole number may stand for digits that
    /// are left out, as in 1,000,000 for 2^20.
    /// </summary>
    public double Tolerance => IsWhole && Suffix.Length == 0 && Zeros >= 2 ? 0.5 * Math.Pow(10, Zeros) : HalfUnit;

    /// <summary>What "about" may cover: a unit of the last digit that is not zero, and five in a hundred.</summary>
    public double Loose => Math.Max(2 * Math.Max(HalfUnit, IsWhole && Suffix.Length == 0 ? 0.5 * Math.Pow(10, Zeros) : 0), 0.05 * Math.Abs(Value));

    private int Zeros
    {
        get
        {
            if (Value == 0 || Math.Abs(Value) >= 1e15)
            {
                return 0;
            }

            var zeros = 0;
            for (var rest = (long)Math.Abs(Value); rest % 10 == 0; rest /= 10)
            {
                zeros++;
            }

            return zeros;
        }
    }
}

namespace LatentConformance.Contract;

/// <summary>
/// What a floating type can hold. Storage is the unit roundoff of a stored value, Accumulate that of a running sum:
/// narrow types are summed in float32 by every mainstream library, so the two differ for them.
/// </summary>
public sealed record Precision(DType DType, int SignificandBits, int MinExponent, double Max, double Accumulate)
{
    private static readonly Precision[] All =
    [
        new(DType.Float64, 53, -1022, double.MaxValue, Math.ScaleB(1, -53)),
        new(DType.Float32, 24, -126, float.MaxValue, Math.ScaleB(1, -24)),
        new(DType.TensorFloat32, 11, -126, float.MaxValue, Math.ScaleB(1, -24)),
        new(DType.BFloat16, 8, -126, 3.3895313892515355e38, Math.ScaleB(1, -24)),
        new(DType.Float16, 11, -14, 65504, Math.ScaleB(1, -24)),
    ];

    /// <summary>Unit roundoff u: a rounding to nearest is off by at most u times the value.</summary>
    public double Storage => Math.ScaleB(1, -SignificandBits);

    /// <summary>The smallest normal number; a library that flushes to zero is off by this much.</summary>
    public double Tiny => Math.ScaleB(1, MinExponent);

    public static Precision Of(DType dtype) =>
        Array.Find(All, p => p.DType == dtype)
        ?? throw new ArgumentException($"{dtype.WireName()} is not a floating type");

    /// <summary>The type that the result of a careless cast would have gone through, or null for the narrowest.</summary>
    public Precision? NextLower => DType switch
    {
        DType.Float64 => Of(DType.Float32),
        DType.Float32 => Of(DType.Float16),
        DType.TensorFloat32 => Of(DType.BFloat16),
        _ => null,
    };

    /// <summary>Round to nearest, ties to even, with gradual underflow and overflow to infinity.</summary>
    public double Round(double value)
    {
        if (DType == DType.Float64 || value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        var exponent = Math.Max(Math.ILogB(value), MinExponent);
        var unit = Math.ScaleB(1, exponent - SignificandBits + 1);
        var rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        return Math.Abs(rounded) > Max ? Math.CopySign(double.PositiveInfinity, value) : rounded;
    }
}

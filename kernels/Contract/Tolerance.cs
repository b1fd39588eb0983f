namespace LatentConformance.Contract;

/// <summary>
/// A first-order error bound as coefficients: times the roundoff of stored values, of running sums, and the smallest
/// normal number. Kept as coefficients so that one reference run serves every dtype.
/// </summary>
public readonly record struct Coefficients(double Storage, double Accumulate, double Underflow)
{
    public static Coefficients operator +(Coefficients a, Coefficients b) =>
        new(a.Storage + b.Storage, a.Accumulate + b.Accumulate, a.Underflow + b.Underflow);

    public static Coefficients operator *(double factor, Coefficients a) =>
        factor == 0 ? default : new(factor * a.Storage, factor * a.Accumulate, factor * a.Underflow);

    public double At(Precision precision) =>
        (Storage * precision.Storage) + (Accumulate * precision.Accumulate) + (Underflow * precision.Tiny);

    /// <summary>What may lie between an implementation in this precision and a float64 reference, whose own error counts too.</summary>
    public double Allowed(Precision precision) => At(precision) + At(Precision.Of(DType.Float64));
}

/// <summary>
/// Another value that element <paramref name="Element"/> may legally take: it is legal in a dtype whose error bound
/// reaches across <paramref name="Gap"/>. A gap of zero is a true tie.
/// </summary>
public sealed record Alternative(int Element, double Value, double Gap, Coefficients Ordinary, Coefficients? Careful = null);

/// <summary>
/// How far a right answer may be from the reference's. <see cref="Ordinary"/> is the bound of the well-written textbook
/// algorithm; <see cref="Careful"/>, where there is one, that of the algorithm that avoids its cancellation.
/// </summary>
public sealed record Tolerance(IReadOnlyList<Coefficients> Ordinary)
{
    public IReadOnlyList<Coefficients>? Careful { get; init; }

    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    /// <summary>The largest magnitude on the way: a dtype that cannot hold it does not suit the case.</summary>
    public double Peak { get; init; }

    /// <summary>True for the outputs that are a discrete choice on which other outputs hang.</summary>
    public bool IsChoice { get; init; }

    public static Tolerance Exact(int count) => new(new Coefficients[count]);

    public double Allowed(int element, Precision precision, bool strict) =>
        (strict && Careful is not null ? Careful : Ordinary)[element].Allowed(precision);

    public static bool IsLegal(Alternative alternative, Precision precision, bool strict) =>
        alternative.Gap <= (strict ? alternative.Careful ?? alternative.Ordinary : alternative.Ordinary).Allowed(precision);
}

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Between which numbers the elements of a tensor lie.</summary>
/// <param name="IsTight">They come as near to both ends as you like: the listing leaves open what goes in.</param>
/// <param name="How">For a person: "tanh".</param>
internal sealed record Interval(Formula Low, Formula High, bool IsTight, string How)
{
    public static Interval Of(double low, double high, bool tight, string how) => new(Formula.Of(low), Formula.Of(high), tight, how);

    /// <summary>Null where the result is not sure.</summary>
    public Interval? Apply(string sign, Formula other, bool fromLeft)
    {
        var (low, high) = sign switch
        {
            "+" => (Formula.Add(Low, other), Formula.Add(High, other)),
            "-" when fromLeft => (Formula.Subtract(other, High), Formula.Subtract(other, Low)),
            "-" => (Formula.Subtract(Low, other), Formula.Subtract(High, other)),
            "*" when other.Sign() > 0 => (Formula.Multiply(Low, other), Formula.Multiply(High, other)),
            "*" when other.Sign() < 0 => (Formula.Multiply(High, other), Formula.Multiply(Low, other)),
            "/" when !fromLeft && other.Sign() > 0 => (Formula.Divide(Low, other), Formula.Divide(High, other)),
            "/" when !fromLeft && other.Sign() < 0 => (Formula.Divide(High, other), Formula.Divide(Low, other)),
            _ => (null, null),
        };
        return low is null || high is null ? null : this with { Low = low, High = high, How = How.Length > 80 ? How : $"{How} {Said(sign, other, fromLeft)}" };
    }

    private static string Said(string sign, Formula other, bool fromLeft) => sign switch
    {
        "+" => $"plus {other.InBrackets}",
        "-" => fromLeft ? $"taken from {other.InBrackets}" : $"minus {other.InBrackets}",
        "*" => $"times {other.InBrackets}",
        _ => $"over {other.InBrackets}",
    };

    /// <summary>Cut to what clamp leaves; only for plain numbers.</summary>
    public Interval? Cut(Formula low, Formula high) =>
        !Low.IsConstant || !High.IsConstant || !low.IsConstant || !high.IsConstant ? null
        : Of(Math.Clamp(Low.At[0], low.At[0], Math.Max(low.At[0], high.At[0])), Math.Clamp(High.At[0], low.At[0], Math.Max(low.At[0], high.At[0])), IsTight, "clamp");

    /// <summary>Through a function that grows.</summary>
    public Interval? Through(Func<double, double> grow, string how) =>
        Low.IsConstant && High.IsConstant ? Of(grow(Low.At[0]), grow(High.At[0]), IsTight, how) : null;

    public override string ToString() => $"[{Low.Text}, {High.Text}]";
}

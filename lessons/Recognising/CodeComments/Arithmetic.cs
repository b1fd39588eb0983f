namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Operators between tensors and numbers.</summary>
internal static class Arithmetic
{
    public static Value Of(string sign, Value left, Value right) => (left, right) switch
    {
        (Quantity a, Quantity b) => Numbers(sign, a, b),
        (Several a, Several b) when sign == "+" => new Several([.. a.Items, .. b.Items]),
        (Tensor or Quantity or Unknown, Tensor or Quantity or Unknown) => Tensors(sign, left, right),
        _ => Unknown.Bound,
    };

    private static Quantity Numbers(string sign, Quantity a, Quantity b) => new(Lengths(sign, a.Dim, b.Dim), Formulas(sign, a.Formula, b.Formula), a.IsNumber && b.IsNumber)
    {
        IsFree = Keeps(sign, a, b),
    };

    private static Value Tensors(string sign, Value left, Value right)
    {
        if (sign is "and" or "or")
        {
            return Unknown.Bound;
        }

        var (a, b) = (Joining.Of(left), Joining.Of(right));
        var shape = sign == "@" ? Joining.MatMul(a, b) : Shape.Broadcast(a, b);
        var made = new Tensor(shape)
        {
            Library = (left as Tensor)?.Library is { } known and not Library.Unknown ? known : (right as Tensor)?.Library ?? Library.Unknown,
            Range = (left, right) switch
            {
                (Tensor { Range: { } range }, Quantity { Formula: { } number }) => range.Apply(sign, number, fromLeft: false),
                (Quantity { Formula: { } number }, Tensor { Range: { } range }) => range.Apply(sign, number, fromLeft: true),
                _ => null,
            },
            IsFree = Keeps(sign, left, right),
            Deed = new(sign == "@" ? $"@ with {b}" : b is { Rank: > 0 } && a is { Rank: > 0 } ? $"{sign} with {b}" : sign, a is { Rank: > 0 } || b is null ? a : b),
        };
        return made is { Shape: null, Range: null } ? made.IsFree ? Unknown.Open : Unknown.Bound : made;
    }

    /// <summary>What may be any number may still be after a plain number is added to it, or it is multiplied by one.</summary>
    private static bool Keeps(string sign, Value left, Value right)
    {
        static bool IsPlain(Value value) => value is Quantity { Formula: { IsConstant: true } number } && !number.Is(0);
        return sign switch
        {
            "+" or "-" or "*" => (left.IsFree && IsPlain(right)) || (right.IsFree && IsPlain(left)),
            "/" => left.IsFree && IsPlain(right),
            _ => false,
        };
    }

    private static Dim Lengths(string sign, Dim a, Dim b)
    {
        if (sign == "*")
        {
            return a.Times(b);
        }

        if (sign == "//" && !(a.IsWhole && b.IsWhole))
        {
            return a.Over(b);
        }

        if (!a.IsWhole || !b.IsWhole || Math.Abs(a.Factor) > 1L << 40 || Math.Abs(b.Factor) > 1L << 40)
        {
            return Dim.Unknown;
        }

        return sign switch
        {
            "+" => Dim.Of(a.Factor + b.Factor),
            "-" => Dim.Of(a.Factor - b.Factor),
            "//" when b.Factor > 0 => Dim.Of((long)Math.Floor(a.Factor / (double)b.Factor)),
            "%" when b.Factor > 0 && a.Factor >= 0 => Dim.Of(a.Factor % b.Factor),
            "**" when b.Factor is >= 0 and <= 40 && Math.Pow(Math.Abs(a.Factor), b.Factor) < 1L << 40 => Dim.Of((long)Math.Pow(a.Factor, b.Factor)),
            _ => Dim.Unknown,
        };
    }

    private static Formula? Formulas(string sign, Formula? a, Formula? b) => a is null || b is null ? null : sign switch
    {
        "+" => Formula.Add(a, b),
        "-" => Formula.Subtract(a, b),
        "*" => Formula.Multiply(a, b),
        "/" => Formula.Divide(a, b),
        "**" or "^" => Formula.Power(a, b),
        "//" when a.IsConstant && b.IsConstant && !b.Is(0) => Formula.Of(Math.Floor(a.At[0] / b.At[0])),
        _ => null,
    };
}

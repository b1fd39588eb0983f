namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>The lengths of a tensor's axes, outermost first.</summary>
internal sealed class Shape
{
    public const int MaxRank = 16;

    public static readonly Shape Scalar = new([]);

    private Shape(Dim[] dims) => Dims = dims;

    public IReadOnlyList<Dim> Dims { get; }

    public int Rank => Dims.Count;

    /// <summary>How many numbers it holds.</summary>
    public Dim Size => Dims.Aggregate(Dim.One, (size, dim) => size.Times(dim));

    public Dim this[int axis] => Dims[axis];

    public static Shape? Of(IEnumerable<Dim>? dims)
    {
        var all = dims?.Take(MaxRank + 1).ToArray();
        return all is null || all.Length > MaxRank ? null : new(all);
    }

    /// <summary>An axis as Python counts, -1 the last; -1 where there is none such.</summary>
    public int Axis(long axis, int extra = 0) => axis < 0 && axis + Rank + extra >= 0 ? (int)(axis + Rank + extra) : axis >= 0 && axis < Rank + extra ? (int)axis : -1;

    public Shape With(int axis, Dim dim) => new([.. Dims.Take(axis), dim, .. Dims.Skip(axis + 1)]);

    public Shape Without(int axis) => new([.. Dims.Take(axis), .. Dims.Skip(axis + 1)]);

    public Shape? Plus(int axis, Dim dim) => Of([.. Dims.Take(axis), dim, .. Dims.Skip(axis)]);

    /// <summary>What two shapes make of each other in arithmetic; null where they do not go together.</summary>
    public static Shape? Broadcast(Shape? a, Shape? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        var made = new Dim[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= made.Length; i++)
        {
            var joined = i > a.Rank ? b[^i] : i > b.Rank ? a[^i] : Join(a[^i], b[^i]);
            if (joined is null)
            {
                return null;
            }

            made[^i] = joined;
        }

        return new(made);
    }

    public bool Same(Shape other) => Rank == other.Rank && Enumerable.Range(0, Rank).All(i => Dims[i].Compare(other[i]) == Likeness.Same);

    public override string ToString() => $"[{string.Join(", ", Dims)}]";

    private Dim this[Index index] => Dims[index.GetOffset(Rank)];

    private static Dim? Join(Dim a, Dim b)
    {
        if (a.IsOne || b.IsOne)
        {
            return a.IsOne ? b : a;
        }

        return a.Compare(b) switch
        {
            Likeness.Same => a,
            Likeness.Different => null,

            // A number beside a symbol: the symbol is that number, or 1.
            _ => a.IsWhole ? a : b.IsWhole ? b : Dim.Unknown,
        };
    }
}

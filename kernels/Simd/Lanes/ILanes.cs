namespace LatentConformance.Simd.Lanes;

/// <summary>
/// A register of floats, as wide as it is: a kernel is written once over it and compiled for each width. One lane is a width
/// like any other, so it serves for the tail of a row and for a machine without vectors. A mask is a register whose lanes have all
/// bits set or none.
/// </summary>
/// <typeparam name="V">The register itself.</typeparam>
internal unsafe interface ILanes<V>
    where V : struct, ILanes<V>
{
    static abstract int Count { get; }

    /// <summary>0, 1, 2, … in the lanes, as the bits of whole numbers.</summary>
    static abstract V Places { get; }

    static abstract V Of(float value);

    static abstract V OfBits(int bits);

    static abstract V Load(float* from);

    void Store(float* to);

    /// <summary>Stores past the caches, where the address is a multiple of the register's size: a line that is written whole need not be read first.</summary>
    void Stream(float* to);

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    static abstract V operator -(V a);

    static abstract V operator &(V a, V b);

    static abstract V operator |(V a, V b);

    /// <summary>a·b + c, in one rounding where the hardware has it.</summary>
    static abstract V MulAdd(V a, V b, V c);

    /// <summary>a where it is the smaller, else b: a NaN in b comes through, one in a does not.</summary>
    static abstract V Min(V a, V b);

    /// <summary>a where it is the larger, else b.</summary>
    static abstract V Max(V a, V b);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    /// <summary>To the nearest whole number, halves to even.</summary>
    static abstract V Round(V a);

    static abstract V Less(V a, V b);

    static abstract V LessOrEqual(V a, V b);

    static abstract V Equal(V a, V b);

    static abstract V Select(V mask, V whereSet, V whereNot);

    /// <summary>a + b of the lanes' bits, taken for whole numbers.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>a − b of the same.</summary>
    static abstract V SubtractBits(V a, V b);

    static abstract V ShiftLeft(V bits, int by);

    static abstract V ShiftRight(V bits, int by);

    /// <summary>Of a table of sixteen floats those that the lowest four bits of the lanes name; only where <see cref="Tabled.IsFast"/>.</summary>
    static abstract V Pick(ReadOnlySpan<float> table, V bits);

    /// <summary>⌊log₂ |a|⌋ of a normal a; only where <see cref="Tabled.IsFast"/>.</summary>
    static abstract V Exponent(V a);

    /// <summary>The value of a whole number within 31 bits, as bits.</summary>
    static abstract V ToBits(V whole);

    static abstract V FromBits(V bits);

    /// <summary>a · 2^n of a whole n far from 31 bits; what leaves the normal numbers does so gradually, rounded once at most by one step. Of ⌊n⌋ where <see cref="Tabled.IsFast"/>.</summary>
    static abstract V Scale(V a, V n);

    /// <summary>A bit a lane of a mask, the first lane's lowest.</summary>
    static abstract uint Mask(V mask);

    /// <summary>The smallest of the lanes, none of them NaN.</summary>
    static abstract float Least(V a);

    /// <summary>The sum of the lanes, always in the same order.</summary>
    static abstract float Sum(V a);

    /// <summary>The largest of the lanes, none of which is a NaN.</summary>
    static abstract float Largest(V a);
}

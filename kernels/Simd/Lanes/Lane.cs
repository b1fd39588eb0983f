using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Lanes;

/// <summary>One float: the tail of a row, and all there is on a machine without vectors.</summary>
internal readonly unsafe struct Lane(float value) : ILanes<Lane>
{
    private readonly float value = value;

    public static int Count => 1;

    public static Lane Places => default;

    private int Bits => BitConverter.SingleToInt32Bits(value);

    public static Lane Of(float value) => new(value);

    public static Lane OfBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    public static Lane Load(float* from) => new(*from);

    public void Store(float* to) => *to = value;

    public static Lane operator +(Lane a, Lane b) => new(a.value + b.value);

    public static Lane operator -(Lane a, Lane b) => new(a.value - b.value);

    public static Lane operator *(Lane a, Lane b) => new(a.value * b.value);

    public static Lane operator /(Lane a, Lane b) => new(a.value / b.value);

    public static Lane operator -(Lane a) => new(-a.value);

    public static Lane operator &(Lane a, Lane b) => OfBits(a.Bits & b.Bits);

    public static Lane operator |(Lane a, Lane b) => OfBits(a.Bits | b.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane MulAdd(Lane a, Lane b, Lane c) => new(float.MultiplyAddEstimate(a.value, b.value, c.value));

    public static Lane Min(Lane a, Lane b) => a.value < b.value ? a : b;

    public static Lane Max(Lane a, Lane b) => a.value > b.value ? a : b;

    public static Lane Abs(Lane a) => new(MathF.Abs(a.value));

    public static Lane Sqrt(Lane a) => new(MathF.Sqrt(a.value));

    public static Lane Round(Lane a) => new(MathF.Round(a.value));

    public static Lane Less(Lane a, Lane b) => OfBits(a.value < b.value ? -1 : 0);

    public static Lane LessOrEqual(Lane a, Lane b) => OfBits(a.value <= b.value ? -1 : 0);

    public static Lane Equal(Lane a, Lane b) => OfBits(a.value == b.value ? -1 : 0);

    public static Lane Select(Lane mask, Lane whereSet, Lane whereNot) => mask.Bits != 0 ? whereSet : whereNot;

    public static Lane AddBits(Lane a, Lane b) => OfBits(a.Bits + b.Bits);

    public static Lane ShiftLeft(Lane bits, int by) => OfBits(bits.Bits << by);

    public static Lane ShiftRight(Lane bits, int by) => OfBits((int)((uint)bits.Bits >> by));

    public static Lane ToBits(Lane whole) => OfBits(float.ConvertToIntegerNative<int>(whole.value));

    public static Lane FromBits(Lane bits) => new(bits.Bits);

    public static uint Mask(Lane mask) => mask.Bits != 0 ? 1u : 0u;

    public static float Least(Lane a) => a.value;

    public static float Sum(Lane a) => a.value;
}

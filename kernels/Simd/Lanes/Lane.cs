using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatentConformance.Simd.Lanes;

/// <summary>One float: the tail of a row, and all there is on a machine without vectors.</summary>
internal readonly unsafe struct Lane(float value) : ILanes<Lane>
{
    private readonly float value = value;

    public static int Count => 1;

    public static Lane Places => default;

    private int Bits => BitConverter.SingleToInt32Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Of(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane OfBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Load(float* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => *to = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stream(float* to) => *to = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator +(Lane a, Lane b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator -(Lane a, Lane b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator *(Lane a, Lane b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator /(Lane a, Lane b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator -(Lane a) => new(-a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator &(Lane a, Lane b) => OfBits(a.Bits & b.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane operator |(Lane a, Lane b) => OfBits(a.Bits | b.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane MulAdd(Lane a, Lane b, Lane c) => new(float.MultiplyAddEstimate(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Min(Lane a, Lane b) => a.value < b.value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Max(Lane a, Lane b) => a.value > b.value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Abs(Lane a) => new(MathF.Abs(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Sqrt(Lane a) => new(MathF.Sqrt(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Round(Lane a) => new(MathF.Round(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Less(Lane a, Lane b) => OfBits(a.value < b.value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane LessOrEqual(Lane a, Lane b) => OfBits(a.value <= b.value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Equal(Lane a, Lane b) => OfBits(a.value == b.value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Select(Lane mask, Lane whereSet, Lane whereNot) => mask.Bits != 0 ? whereSet : whereNot;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane AddBits(Lane a, Lane b) => OfBits(a.Bits + b.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane ShiftLeft(Lane bits, int by) => OfBits(bits.Bits << by);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane ShiftRight(Lane bits, int by) => OfBits((int)((uint)bits.Bits >> by));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane SubtractBits(Lane a, Lane b) => OfBits(a.Bits - b.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Pick(ReadOnlySpan<float> table, Lane bits) => new(table[bits.Bits & 15]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Exponent(Lane a) => new(Avx512F.GetExponentScalar(Vector128.CreateScalarUnsafe(a.value)).ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane ToBits(Lane whole) => OfBits(float.ConvertToIntegerNative<int>(whole.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane FromBits(Lane bits) => new(bits.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane Scale(Lane a, Lane n) =>
        Avx512F.IsSupported ? new(Avx512F.ScaleScalar(Vector128.CreateScalarUnsafe(a.value), Vector128.CreateScalarUnsafe(n.value)).ToScalar()) : Elementary.ScaleInTwo(a, n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mask(Lane mask) => mask.Bits != 0 ? 1u : 0u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Least(Lane a) => a.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane a) => a.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(Lane a) => a.value;
}

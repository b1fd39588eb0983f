using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatentConformance.Simd.Lanes;

/// <summary>Σ max(l, 0) − l x + ln(1 + e^−|l|) by <see cref="TabledExp"/> and <see cref="TabledSoftplus"/>, their constants in registers as in <see cref="TwoTabledLogs"/>.</summary>
internal static unsafe class TabledSoftplusSum
{
    private const int Constants = 16;

    /// <param name="count">A multiple of sixteen.</param>
    public static float Sum(float* x, float* logits, nint count)
    {
        var constants = stackalloc Vector512<float>[Constants]
        {
            Vector512.Create(-110f), Vector512.Create(TabledExp.Log2E), Vector512.Create(TabledExp.Rounder), Vector512.Create(TabledExp.MinusLn2High),
            Vector512.Create(TabledExp.MinusLn2Low), Vector512.Create(TabledExp.Second), Vector512.Create(TabledExp.Third), Vector512.Create(TabledExp.Powers),
            Vector512.Create(TabledSoftplus.Parts), Vector512.Create(TabledSoftplus.Rounder), Vector512.Create(TabledSoftplus.Middles),
            Vector512.Create(TabledSoftplus.Inverses), Vector512.Create(TabledSoftplus.Logarithms),
            Vector512.Create(TabledLog.Fourth), Vector512.Create(TabledLog.Cube), Vector512.Create(TabledLog.Square),
        };
        return Sum(x, logits, count, constants);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Sum(float* x, float* logits, nint count, Vector512<float>* constants)
    {
        var (lowest, log2E, sixteenths, high) = (constants[0], constants[1], constants[2], constants[3]);
        var (low, second, third, powers) = (constants[4], constants[5], constants[6], constants[7]);
        var (parts, whole, middles, inverses) = (constants[8], constants[9], constants[10], constants[11]);
        var (logarithms, fourth, cube, square) = (constants[12], constants[13], constants[14], constants[15]);
        var sum = Vector512<float>.Zero;
        for (nint i = 0; i < count; i += Vector512<float>.Count)
        {
            var (target, logit) = (Ahead.Load512(x + i), Ahead.Load512(logits + i));

            // In this order of the maximum and the minimum a NaN in l comes through.
            var down = Vector512.MaxNative(lowest, Vector512.MinNative(logit, -logit));
            var rounded = Avx512F.FusedMultiplyAdd(down, log2E, sixteenths);
            var n = rounded - sixteenths;
            var r = Avx512F.FusedMultiplyAdd(n, low, Avx512F.FusedMultiplyAdd(n, high, down));
            var p = Avx512F.FusedMultiplyAdd(r * r, Avx512F.FusedMultiplyAdd(r, third, second), r);
            var power = Avx512F.PermuteVar16x32(powers, rounded.AsInt32());
            var u = Avx512F.Scale(Avx512F.FusedMultiplyAdd(power, p, power), n);

            var part = Avx512F.FusedMultiplyAdd(u, parts, whole).AsInt32();
            var s = (u - Avx512F.PermuteVar16x32(middles, part)) * Avx512F.PermuteVar16x32(inverses, part);
            var rest = Avx512F.FusedMultiplyAdd(Avx512F.FusedMultiplyAdd(fourth, s, cube), s, square);
            var softplus = Avx512F.FusedMultiplyAdd(s * s, rest, s) + Avx512F.PermuteVar16x32(logarithms, part);
            var linear = Avx512F.FusedMultiplyAddNegated(logit, target, Vector512.MaxNative(Vector512<float>.Zero, logit));
            sum += linear + softplus;
        }

        return Vector512.Sum(sum);
    }
}

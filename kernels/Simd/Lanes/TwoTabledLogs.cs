using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// Σ x ln(x̂ + ε) + (1 − x) ln(1 − x̂ + ε) by <see cref="TabledLog"/>, its constants in registers. The compiler fetches constants anew wherever
/// they are used, and twenty-one fetches an element's register took longer than what is done with them: so they come from
/// memory that it knows nothing about.
/// </summary>
internal static unsafe class TwoTabledLogs
{
    private const int Constants = 10;

    /// <param name="count">A multiple of sixteen.</param>
    public static float Sum(float* x, float* xHat, nint count, float epsilon)
    {
        var constants = stackalloc Vector512<float>[Constants]
        {
            Vector512.Create(epsilon), Vector512<float>.One, Vector512.Create(TabledLog.Turned).AsSingle(), Vector512.Create(TabledLog.Inverses), Vector512.Create(TabledLog.Logarithms),
            Vector512.Create(-1f), Vector512.Create(TabledLog.Fourth), Vector512.Create(TabledLog.Cube), Vector512.Create(TabledLog.Square), Vector512.Create(TabledLog.MinusLn2),
        };
        return Sum(x, xHat, count, constants);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Sum(float* x, float* xHat, nint count, Vector512<float>* constants)
    {
        var (epsilon, one, turned, inverses) = (constants[0], constants[1], constants[2].AsInt32(), constants[3]);
        var (logarithms, minusOne, fourth, cube) = (constants[4], constants[5], constants[6], constants[7]);
        var (square, minusLn2, sum) = (constants[8], constants[9], Vector512<float>.Zero);
        for (nint i = 0; i < count; i += Vector512<float>.Count)
        {
            var (target, made) = (Ahead.Load512(x + i), Ahead.Load512(xHat + i));
            var log = Log(made + epsilon);
            var logOfOther = Log((one - made) + epsilon);
            sum += Avx512F.FusedMultiplyAdd(target, log, (one - target) * logOfOther);
        }

        return Vector512.Sum(sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<float> Log(Vector512<float> p)
        {
            var bits = turned - p.AsInt32();
            var minusE = Avx512F.GetExponent(bits.AsSingle());
            var part = Vector512.ShiftRightLogical(bits, 19);
            var r = Avx512F.FusedMultiplyAdd(Avx512F.Scale(p, minusE), Avx512F.PermuteVar16x32(inverses, part), minusOne);
            var rest = Avx512F.FusedMultiplyAdd(Avx512F.FusedMultiplyAdd(fourth, r, cube), r, square);
            var near = Avx512F.FusedMultiplyAdd(r * r, rest, Avx512F.PermuteVar16x32(logarithms, part) + r);
            return Avx512F.FusedMultiplyAdd(minusE, minusLn2, near);
        }
    }
}

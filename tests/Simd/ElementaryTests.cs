using System.Runtime.CompilerServices;
using LatentConformance.Reference;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>exp and log against double, over floats of every exponent and sign, subnormals, infinities and NaN among them.</summary>
[TestFixture]
public sealed unsafe class ElementaryTests
{
    /// <summary>A prime near 2^16: the patterns between hit every exponent some 250 times, with ever other fractions.</summary>
    private const uint Stride = 65521;

    private static readonly float[] Sweep =
    [
        .. Enumerable.Range(0, (int)(uint.MaxValue / Stride)).Select(i => BitConverter.UInt32BitsToSingle((uint)i * Stride)),
        .. Enumerable.Range(-3000, 6001).Select(i => i / 32f),
        .. Enumerable.Range(-64, 129).Select(i => BitConverter.Int32BitsToSingle(0x3F800000 + i)),
        0f, -0f, float.Epsilon, float.MinValue, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private interface IFunction
    {
        static abstract V Of<V>(V x)
            where V : struct, ILanes<V>;

        static abstract double Exact(double x);
    }

    [Test]
    public void Exp_EveryExponent_IsWithinUlps() => Holds<ExpFunction>(1.2);

    [Test]
    public void ExpM1_EveryExponent_IsWithinUlps() => Holds<ExpM1Function>(1.7);

    [Test]
    public void ExpM1MinusX_EveryExponent_IsWithinUlps() => Holds<ExpM1MinusXFunction>(8);

    [Test]
    public void Log_EveryExponent_IsWithinUlps() => Holds<LogFunction>(1.2);

    [Test]
    public void Tanh_EveryExponent_IsWithinUlps() => Holds<TanhFunction>(3);

    [Test]
    public void Log1pExpOfMinusAbs_EveryExponent_IsWithinUlps() => Holds<SoftplusFunction>(2.5);

    /// <summary>Where e^−x overflows, the quotient is zero a little before it need be.</summary>
    [Test]
    public void Sigmoid_EveryExponent_IsWithinUlps() => Holds<SigmoidFunction>(2.5, floor: 1.2e-38);

    private static void Holds<TFunction>(double ulps, double floor = 0)
        where TFunction : struct, IFunction
    {
        var (wide, narrow) = (new float[Sweep.Length], new float[Sweep.Length]);
        fixed (float* x = Sweep, w = wide, n = narrow)
        {
            Maps.Each(new Applied<TFunction>(x), Sweep.Length, new Outputs(w));
            for (var i = 0; i < Sweep.Length; i++)
            {
                TFunction.Of(Lane.Load(x + i)).Store(n + i);
            }
        }

        foreach (var answers in (float[][])[wide, narrow])
        {
            var worst = Enumerable.Range(0, Sweep.Length).MaxBy(i => Off(answers[i], TFunction.Exact(Sweep[i]), floor));
            var off = Off(answers[worst], TFunction.Exact(Sweep[worst]), floor);
            Assert.That(off, Is.LessThanOrEqualTo(ulps), $"at {Sweep[worst]:R} it is {answers[worst]:R} for {TFunction.Exact(Sweep[worst]):R}");
        }
    }

    /// <summary>In units of the last place of the float that is nearest.</summary>
    private static double Off(float given, double exact, double floor)
    {
        var nearest = (float)exact;
        if (given.Equals(nearest) || given == nearest || Math.Abs(given - exact) <= floor)
        {
            return 0;
        }

        var ulp = Math.Max(Math.ScaleB(1, Math.ILogB(exact) - 23), float.Epsilon);
        var off = Math.Abs(given - exact) / ulp;
        return double.IsNaN(off) ? double.PositiveInfinity : off;
    }

    private readonly struct Applied<TFunction>(float* x) : IMap
        where TFunction : struct, IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> => TFunction.Of(V.Load(x + at)).Store(to.A + at);
    }

    private readonly struct ExpFunction : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.Exp(x);

        public static double Exact(double x) => Math.Exp(x);
    }

    private readonly struct ExpM1Function : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.ExpM1(x);

        public static double Exact(double x) => Real.ExpMinusOne(x);
    }

    private readonly struct ExpM1MinusXFunction : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.ExpM1MinusX(x);

        public static double Exact(double x) =>
            Math.Abs(x) < 0.1 ? x * x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5 * (1 + (x / 6 * (1 + (x / 7 * (1 + (x / 8))))))))))))
            : Math.Exp(x) - 1 - x;
    }

    private readonly struct LogFunction : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.Log(x);

        public static double Exact(double x) => Math.Log(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.Tanh(x);

        public static double Exact(double x) => Math.Tanh(x);
    }

    private readonly struct SoftplusFunction : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.Log1pExpOfMinusAbs(x);

        public static double Exact(double x) => Real.LogOnePlus(Math.Exp(-Math.Abs(x)));
    }

    private readonly struct SigmoidFunction : IFunction
    {
        public static V Of<V>(V x)
            where V : struct, ILanes<V> => Elementary.Sigmoid(x);

        public static double Exact(double x) => 1 / (1 + Math.Exp(-x));
    }
}

using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>What one element of the data and one of the decoder's output add to a loss, and its slope in the latter.</summary>
internal interface ILossTerm
{
    /// <summary>See <see cref="ISummand.IsLong"/>.</summary>
    static virtual bool IsLong => false;

    static abstract V Of<V>(V x, V output)
        where V : struct, ILanes<V>;

    static abstract V Slope<V>(V x, V output)
        where V : struct, ILanes<V>;
}

/// <summary>A reconstruction loss, a value a sample: scale · Σ of its terms, and back.</summary>
internal static unsafe class PerSample
{
    public static void Sum<TTerm>(ReadOnlySpan<float> x, ReadOnlySpan<float> output, double scale, Span<float> loss)
        where TTerm : struct, ILossTerm
    {
        fixed (float* target = x, made = output)
        {
            RowSums.Of(new Term<TTerm>(target, made), loss.Length, Rows.Width(x.Length, loss.Length), scale, loss);
        }
    }

    public static void Pull<TTerm>(ReadOnlySpan<float> x, ReadOnlySpan<float> output, double scale, ReadOnlySpan<float> dLoss, Span<float> dOutput)
        where TTerm : struct, ILossTerm
    {
        fixed (float* target = x, made = output, d = dLoss, result = dOutput)
        {
            Maps.Each(new Slope<TTerm>(target, made, (float)scale, d), x.Length, Rows.Width(x.Length, dLoss.Length), new Outputs(result));
        }
    }

    public readonly struct Term<TTerm>(float* x, float* output) : ISummand
        where TTerm : struct, ILossTerm
    {
        public static bool IsLong => TTerm.IsLong;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V> => TTerm.Of(V.Load(x + at), V.Load(output + at));
    }

    private readonly struct Slope<TTerm>(float* x, float* output, float scale, float* dLoss) : IMap
        where TTerm : struct, ILossTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> => (V.Of(scale * dLoss[row]) * TTerm.Slope(V.Load(x + at), V.Load(output + at))).Store(to.A + at);
    }
}

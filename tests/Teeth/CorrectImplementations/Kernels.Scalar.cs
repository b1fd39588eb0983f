using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IFiniteScalarQuantizer
{
    private static readonly T Widening = C(1e-3);

    public Tensor Fsq(Tensor z, Tensor levels) => Codes(z, levels, WideUse);

    public Tensor FsqVjp(Tensor z, Tensor levels, Tensor dCodes) => CodesVjp(z, levels, dCodes, WideUse);

    public Tensor FsqNotebook(Tensor z, Tensor levels) => Codes(z, levels, Notebook);

    public Tensor FsqNotebookVjp(Tensor z, Tensor levels, Tensor dCodes) => CodesVjp(z, levels, dCodes, Notebook);

    public Tensor FsqTanhHalf(Tensor z, Tensor levels) => Codes(z, levels, l => (C(l - 1) / C(2), T.Zero, T.Zero, T.One));

    public Tensor FsqTanhHalfVjp(Tensor z, Tensor levels, Tensor dCodes) =>
        CodesVjp(z, levels, dCodes, l => (C(l - 1) / C(2), T.Zero, T.Zero, T.One));

    public Tensor FsqRoundTanh(Tensor z, Tensor levels) => Codes(z, levels, l => (C(l), T.Zero, T.Zero, T.One));

    public Tensor FsqRoundTanhVjp(Tensor z, Tensor levels, Tensor dCodes) => CodesVjp(z, levels, dCodes, l => (C(l), T.Zero, T.Zero, T.One));

    public Tensor RoundHalfEven(Tensor x)
    {
        var values = Values(x);
        return Like(x, i => Rounded(values[i]));
    }

    public Tensor RoundHalfEvenVjp(Tensor x, Tensor dRounded)
    {
        var g = Values(dRounded);
        return Like(x, i => g[i]);
    }

    public Tensor FsqCodesToIndices(Tensor codes, Tensor levels)
    {
        var (l, values, d) = (levels.Int64.ToArray(), Values(codes), levels.Count);
        return new Tensor([codes.Shape[0]], [.. Enumerable.Range(0, codes.Shape[0]).Select(n =>
        {
            // Horner's rule from the last dimension down, in whole numbers.
            var index = 0L;
            for (var j = d - 1; j >= 0; j--)
            {
                var width = C(l[j] / 2);
                var digit = long.CreateChecked(T.Round((values[(n * d) + j] * width) + width));
                index = digit >= 0 && digit < l[j] ? (index * l[j]) + digit : throw new RefusalException("off the grid");
            }

            return index;
        })]);
    }

    public Tensor FsqIndicesToCodes(Tensor indices, Tensor levels)
    {
        var l = levels.Int64.ToArray();
        return Out([indices.Count, l.Length], indices.Int64.ToArray().SelectMany(index => l.Select(levels =>
        {
            var digit = C(index % levels);
            index /= levels;
            var width = C(levels / 2);
            return style.Reciprocals ? (digit / width) - T.One : (digit - width) / width;
        })));
    }

    public Tensor FsqIndicesToCodesMap(Tensor indices, Tensor levels)
    {
        var rows = FsqIndicesToCodes(new Tensor([indices.Count], indices.Int64.ToArray()), levels);
        var (channels, positions) = (levels.Count, indices.Shape[1] * indices.Shape[2]);
        var values = Values(rows);
        return Out([indices.Shape[0], channels, indices.Shape[1], indices.Shape[2]], Enumerable.Range(0, rows.Count).Select(i =>
            values[(((i / (channels * positions) * positions) + (i % positions)) * channels) + (i / positions % channels)]));
    }

    private static (T Half, T Offset, T Shift, T Width) WideUse(long levels)
    {
        var half = C(levels - 1) * (T.One + Widening) / C(2);
        var offset = levels % 2 == 0 ? C(0.5) : T.Zero;
        return (half, offset, T.Atanh(offset / half), C(levels / 2));
    }

    private static (T Half, T Offset, T Shift, T Width) Notebook(long levels)
    {
        var half = C(levels - 1) * (T.One - Widening) / C(2);
        var offset = levels % 2 == 0 ? C(0.5) : T.Zero;
        return (half, offset, T.Tan(offset / half), C(levels / 2));
    }

    private Tensor Codes(Tensor z, Tensor levels, Func<long, (T Half, T Offset, T Shift, T Width)> form)
    {
        RefuseUnlessLevels(levels);
        var values = Values(z);
        return Like(z, i =>
        {
            var (half, offset, shift, width) = form(levels.Int64[i % levels.Count]);
            return Rounded((T.Tanh(values[i] + shift) * half) - offset) / width;
        });
    }

    private Tensor CodesVjp(Tensor z, Tensor levels, Tensor dCodes, Func<long, (T Half, T Offset, T Shift, T Width)> form)
    {
        var (values, g) = (Values(z), Values(dCodes));
        return Like(z, i =>
        {
            var (half, _, shift, width) = form(levels.Int64[i % levels.Count]);
            var slope = style.OtherIdentities
                ? T.One / Square(T.Cosh(values[i] + shift))
                : T.One - Square(T.Tanh(values[i] + shift));
            return g[i] / width * half * slope;
        });
    }

    private static void RefuseUnlessLevels(Tensor levels)
    {
        if (levels.Int64.ContainsAnyInRange(long.MinValue, 1))
        {
            throw new RefusalException("levels");
        }
    }

    private T Rounded(T value)
    {
        var rounded = T.Round(value, MidpointRounding.ToEven);
        return style.LiteralStraightThrough ? value + (rounded - value) : rounded;
    }
}

using System.Numerics;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IMetrics
{
    public Tensor Psnr(Tensor x, Tensor xHat, double dataRange)
    {
        var errors = SquaredErrors(x, xHat);
        return Out([errors.Length], errors.Select(e => style.OtherIdentities
            ? (C(20) * T.Log10(C(dataRange))) - (C(10) * T.Log10(Divided(e, x.Shape[1])))
            : C(10) * T.Log10(Square(C(dataRange)) / Divided(e, x.Shape[1]))));
    }

    public Tensor PsnrVjp(Tensor x, Tensor xHat, double dataRange, Tensor dPsnr)
    {
        var (a, b, g, errors, d) = (Values(x), Values(xHat), Values(dPsnr), SquaredErrors(x, xHat), x.Shape[1]);
        return Like(x, i => style.StepByStep
            ? -C(10) * g[i / d] / (Divided(errors[i / d], d) * T.Log(C(10))) * Divided(C(2) * (b[i] - a[i]), d)
            : C(-20 / Math.Log(10)) * g[i / d] * (b[i] - a[i]) / errors[i / d]);
    }

    public Tensor NatsToBits(Tensor nats) => Bits(nats, 1);

    public Tensor NatsToBitsVjp(Tensor nats, Tensor dBits) => Bits(dBits, 1);

    public Tensor BitsPerDim(Tensor nllNats, long dimensions) => Bits(nllNats, dimensions);

    public Tensor BitsPerDimVjp(Tensor nllNats, long dimensions, Tensor dBits) => Bits(dBits, dimensions);

    public Tensor CompressionValues(Tensor image, Tensor latents) => Ratio(Product(image, 0), Grids(latents, 0, _ => 1));

    public Tensor CompressionPositions(Tensor image, Tensor latents) => Ratio(Product(image, 1), Grids(latents, 1, _ => 1));

    public Tensor CompressionBits(Tensor image, long imageBits, Tensor latents, Tensor latentBits) =>
        Ratio(Product(image, 0) * imageBits, Grids(latents, 0, g => latentBits.Int64[g]));

    public Tensor IndexBits(Tensor codebookSize) => Whole([codebookSize.Count], codebookSize.Int64.ToArray().Select(BitsOf));

    public Tensor RvqBitRate(long codebookSize, long stages, long sampleRate, long hop) => Out([], [style.Reciprocals
        ? C(sampleRate * stages * BitsOf(codebookSize)) / C(hop)
        : C(sampleRate) / C(hop) * C(stages) * C(BitsOf(codebookSize))]);

    public Tensor ActiveUnits(Tensor mu, double threshold)
    {
        var rows = Rows(mu);
        return Whole([], [Enumerable.Range(0, mu.Shape[1]).LongCount(j => Variance([.. rows.Select(r => r[j])]) > C(threshold))]);
    }

    public Tensor Fvu(Tensor x, Tensor xHat) => Out([], [Sum(SquaredErrors(x, xHat)) / Spread(x)]);

    public Tensor FvuVjp(Tensor x, Tensor xHat, double dFvu)
    {
        var (a, b, spread) = (Values(x), Values(xHat), Spread(x));
        return Like(x, i => style.Reciprocals ? C(2) * (b[i] - a[i]) * (C(dFvu) / spread) : C(dFvu) * C(2) * (b[i] - a[i]) / spread);
    }

    private static long BitsOf(long codes) => 64 - BitOperations.LeadingZeroCount((ulong)(codes - 1));

    private static double Product(Tensor sizes, int from) => sizes.Int64[from..].ToArray().Aggregate(1.0, (p, s) => p * s);

    private static double Grids(Tensor latents, int from, Func<int, double> bits)
    {
        var axes = latents.Shape[1];
        return Enumerable.Range(0, latents.Shape[0])
            .Sum(g => latents.Int64[((g * axes) + from)..((g + 1) * axes)].ToArray().Aggregate(bits(g), (p, s) => p * s));
    }

    /// <summary>Counts are divided as Python divides whole numbers, or by the reciprocal in the arithmetic of the kernels.</summary>
    private Tensor Ratio(double image, double latents) =>
        Out([], [style.Reciprocals && latents > 0 ? C(image) * (T.One / C(latents)) : C(image / latents)]);

    private T[] SquaredErrors(Tensor x, Tensor xHat)
    {
        var (a, b) = (Rows(x), Rows(xHat));
        return [.. a.Zip(b, (p, q) => Dot(p.Length, j => p[j] - q[j], j => p[j] - q[j]))];
    }

    private Tensor Bits(Tensor nats, long dimensions)
    {
        var values = Values(nats);
        return Like(nats, i => style.Reciprocals
            ? values[i] * C(1 / (dimensions * Math.Log(2)))
            : style.OtherIdentities ? values[i] / C(dimensions) / T.Log(C(2)) : values[i] / (C(dimensions) * T.Log(C(2))));
    }

    /// <summary>In two passes, or Welford's way in one.</summary>
    private T Variance(T[] values)
    {
        if (!style.OtherIdentities)
        {
            var average = Divided(Sum(values), values.Length);
            return Divided(Sum(values.Length, i => Square(values[i] - average)), values.Length);
        }

        var (mean, squares) = (T.Zero, T.Zero);
        for (var i = 0; i < values.Length; i++)
        {
            var before = values[i] - mean;
            mean += before / C(i + 1);
            squares += before * (values[i] - mean);
        }

        return squares / C(values.Length);
    }

    private T Spread(Tensor x)
    {
        var (rows, means) = (Rows(x), ColumnMeans(Rows(x)));
        return Sum(rows.Length, n => Sum(means.Length, j => Square(rows[n][j] - means[j])));
    }
}

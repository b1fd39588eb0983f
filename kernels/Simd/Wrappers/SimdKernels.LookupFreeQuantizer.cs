using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : ILookupFreeQuantizer
{
    private const int MostBits = LfqQuantize.MostBits;

    (Tensor? Codes, Tensor? Indices) ILookupFreeQuantizer.LfqQuantize(Tensor z, double scale)
    {
        RefuseUnlessLookupFree(z.Shape[1], scale);
        var (codes, indices) = (new float[z.Count], new long[z.Shape[0]]);
        LfqQuantize.Forward(z.Float32, scale, codes, indices);
        return (Like(z, codes), Vector(indices));
    }

    Tensor ILookupFreeQuantizer.LfqQuantizeVjp(Tensor z, double scale, Tensor dCodes)
    {
        RefuseUnlessLookupFree(z.Shape[1], scale);
        var dZ = new float[z.Count];
        LfqQuantize.Vjp(dCodes.Float32, dZ);
        return Like(z, dZ);
    }

    Tensor ILookupFreeQuantizer.LfqIndicesToCodes(Tensor indices, long dimensions, double scale)
    {
        RefuseUnlessBitsFit(indices, dimensions, scale);
        var codes = new float[indices.Count * dimensions];
        LfqIndicesToCodes.Forward(indices.Int64, dimensions, scale, codes);
        return new Tensor([indices.Count, (int)dimensions], codes);
    }

    Tensor ILookupFreeQuantizer.LfqIndicesToCodesVjp(Tensor indices, long dimensions, double scale, Tensor dCodes)
    {
        RefuseUnlessBitsFit(indices, dimensions, scale);
        var dScale = new float[1];
        LfqIndicesToCodes.Vjp(indices.Int64, dimensions, dCodes.Float32, dScale);
        return new Tensor([], dScale);
    }

    (Tensor? High, Tensor? Low) ILookupFreeQuantizer.LfqSplitTokens(Tensor indices, long lowBits)
    {
        RefuseUnlessBits("low_bits", lowBits);
        RefuseOutside("index", indices, 1L << MostBits);
        var (high, low) = (new long[indices.Count], new long[indices.Count]);
        LfqTokens.Split(indices.Int64, lowBits, high, low);
        return (Vector(high), Vector(low));
    }

    Tensor ILookupFreeQuantizer.LfqJoinTokens(Tensor high, Tensor low, long lowBits)
    {
        Refuse.UnlessSameShape(high, low);
        RefuseUnlessBits("low_bits", lowBits);
        RefuseOutside("low", low, 1L << (int)lowBits);
        RefuseOutside("high", high, 1L << (MostBits - (int)lowBits));
        var indices = new long[high.Count];
        LfqTokens.Join(high.Int64, low.Int64, lowBits, indices);
        return Vector(indices);
    }

    (Tensor? Codes, Tensor? Indices) ILookupFreeQuantizer.BsqQuantize(Tensor z)
    {
        RefuseUnlessDirected(z);
        var (codes, indices) = (new float[z.Count], new long[z.Shape[0]]);
        BsqQuantize.Forward(z.Float32, codes, indices);
        return (Like(z, codes), Vector(indices));
    }

    Tensor ILookupFreeQuantizer.BsqQuantizeVjp(Tensor z, Tensor dCodes)
    {
        RefuseUnlessDirected(z);
        var dZ = new float[z.Count];
        BsqQuantize.Vjp(z.Float32, dCodes.Float32, dZ, z.Shape[1]);
        return Like(z, dZ);
    }

    private static void RefuseUnlessLookupFree(long dimensions, double scale)
    {
        Refuse.UnlessPositive("scale", scale);
        RefuseUnlessBits("dimensions", dimensions);
    }

    private static void RefuseUnlessBits(string name, long bits)
    {
        if (bits is < 1 or > MostBits)
        {
            throw new RefusalException($"{name} is {bits}; an index holds 1 to {MostBits} bits");
        }
    }

    private static void RefuseUnlessBitsFit(Tensor indices, long dimensions, double scale)
    {
        RefuseUnlessLookupFree(dimensions, scale);
        RefuseOutside("index", indices, 1L << (int)dimensions);
    }

    /// <summary>A norm above zero in every row: NaN is no norm either.</summary>
    private static void RefuseUnlessDirected(Tensor z)
    {
        RefuseUnlessBits("dimensions", z.Shape[1]);
        for (var n = 0; n < z.Shape[0]; n++)
        {
            double square = 0;
            foreach (var value in z.Float32.Slice(n * z.Shape[1], z.Shape[1]))
            {
                square += (double)value * value;
            }

            if (!(square > 0))
            {
                throw new RefusalException($"sample {n} is zero and has no direction");
            }
        }
    }
}

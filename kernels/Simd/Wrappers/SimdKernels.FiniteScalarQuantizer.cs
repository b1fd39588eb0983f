using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IFiniteScalarQuantizer
{
    Tensor IFiniteScalarQuantizer.Fsq(Tensor z, Tensor levels) => Quantized(z, levels, FsqBound.WideUse);

    Tensor IFiniteScalarQuantizer.FsqVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, FsqBound.WideUse);

    Tensor IFiniteScalarQuantizer.FsqNotebook(Tensor z, Tensor levels) => Quantized(z, levels, FsqBound.Notebook);

    Tensor IFiniteScalarQuantizer.FsqNotebookVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, FsqBound.Notebook);

    Tensor IFiniteScalarQuantizer.FsqTanhHalf(Tensor z, Tensor levels) => Quantized(z, levels, FsqBound.TanhHalf);

    Tensor IFiniteScalarQuantizer.FsqTanhHalfVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, FsqBound.TanhHalf);

    Tensor IFiniteScalarQuantizer.FsqRoundTanh(Tensor z, Tensor levels) => Quantized(z, levels, FsqBound.RoundTanh);

    Tensor IFiniteScalarQuantizer.FsqRoundTanhVjp(Tensor z, Tensor levels, Tensor dCodes) => QuantizedVjp(z, levels, dCodes, FsqBound.RoundTanh);

    Tensor IFiniteScalarQuantizer.RoundHalfEven(Tensor x)
    {
        var rounded = new float[x.Count];
        RoundHalfEven.Forward(x.Float32, rounded);
        return Vector(rounded);
    }

    Tensor IFiniteScalarQuantizer.RoundHalfEvenVjp(Tensor x, Tensor dRounded)
    {
        Refuse.UnlessSameShape(x, dRounded);
        var dX = new float[x.Count];
        RoundHalfEven.Vjp(dRounded.Float32, dX);
        return Vector(dX);
    }

    Tensor IFiniteScalarQuantizer.FsqCodesToIndices(Tensor codes, Tensor levels)
    {
        RefuseUnlessLevelsFit(codes.Shape[1], levels);
        SizeOf(levels);
        for (var i = 0; i < codes.Count; i++)
        {
            var size = levels.Int64[i % levels.Count];
            var digit = Math.Round((codes[i] * (size / 2)) + (size / 2));
            if (!(digit >= 0 && digit < size))
            {
                throw new RefusalException($"code {codes[i]} is not one of the {size} levels of dimension {i % levels.Count}");
            }
        }

        var indices = new long[codes.Shape[0]];
        FsqCodesToIndices.Forward(codes.Float32, levels.Int64, indices);
        return Vector(indices);
    }

    Tensor IFiniteScalarQuantizer.FsqIndicesToCodes(Tensor indices, Tensor levels)
    {
        RefuseUnlessIndicesFit(indices, levels);
        var codes = new float[indices.Count * levels.Count];
        FsqIndicesToCodes.Forward(indices.Int64, levels.Int64, codes);
        return new Tensor([indices.Count, levels.Count], codes);
    }

    Tensor IFiniteScalarQuantizer.FsqIndicesToCodesMap(Tensor indices, Tensor levels)
    {
        RefuseUnlessIndicesFit(indices, levels);
        var (height, width) = (indices.Shape[1], indices.Shape[2]);
        var codes = new float[indices.Count * levels.Count];
        FsqIndicesToCodesMap.Forward(indices.Int64, levels.Int64, codes, height, width);
        return new Tensor([indices.Shape[0], levels.Count, height, width], codes);
    }

    private static Tensor Quantized(Tensor z, Tensor levels, Func<long, FsqBound> form)
    {
        RefuseUnlessLevelsFit(z.Shape[1], levels);
        var codes = new float[z.Count];
        FsqBounds.Forward(z.Float32, levels.Int64, form, codes);
        return Like(z, codes);
    }

    private static Tensor QuantizedVjp(Tensor z, Tensor levels, Tensor dCodes, Func<long, FsqBound> form)
    {
        RefuseUnlessLevelsFit(z.Shape[1], levels);
        var dZ = new float[z.Count];
        FsqBounds.Vjp(z.Float32, levels.Int64, form, dCodes.Float32, dZ);
        return Like(z, dZ);
    }

    private static void RefuseUnlessLevelsFit(int dimensions, Tensor levels)
    {
        if (levels.Count != dimensions || dimensions == 0)
        {
            throw new RefusalException($"{levels.Count} levels for {dimensions} dimensions");
        }

        foreach (var level in levels.Int64)
        {
            if (level < 2)
            {
                throw new RefusalException($"a dimension of {level} levels; it needs 2 or more");
            }
        }
    }

    private static void RefuseUnlessIndicesFit(Tensor indices, Tensor levels)
    {
        RefuseUnlessLevelsFit(levels.Count, levels);
        RefuseOutside("index", indices, SizeOf(levels));
    }

    private static long SizeOf(Tensor levels)
    {
        try
        {
            long size = 1;
            foreach (var level in levels.Int64)
            {
                size = checked(size * level);
            }

            return size;
        }
        catch (OverflowException)
        {
            throw new RefusalException("the codebook is too large for 64-bit indices");
        }
    }

    private static void RefuseOutside(string name, Tensor indices, long size)
    {
        foreach (var index in indices.Int64)
        {
            if (index < 0 || index >= size)
            {
                throw new RefusalException($"{name} {index} is not in [0, {size})");
            }
        }
    }
}

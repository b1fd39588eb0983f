using LatentConformance.Contract;

namespace LatentConformance.Reference;

// index = Σ digit_d · basis_d, digit = code·w + w, w = L div 2, basis = [1, L0, L0·L1, …]; whole numbers in 64 bits all
// the way: a product in 32 bits wraps at 8^11, an index in a float rounds at 2^24. Codes of a quantizer lie on the grid;
// of one half way between two levels, where roundoff of code·w + w reaches across the half, either digit is legal.
public sealed partial class ReferenceKernels
{
    public Tensor FsqCodesToIndices(Tensor codes, Tensor levels)
    {
        RefuseUnlessLevelsFit(codes.Shape[1], levels);
        var basis = Basis(levels);
        var indices = new long[codes.Shape[0]];
        var between = new List<(int Row, long Other, double Gap, Coefficients Error)>();
        for (var i = 0; i < codes.Count; i++)
        {
            var d = i % levels.Count;
            var width = levels.Int64[d] / 2;
            var place = (codes[i] * (Real)width) + width;
            var digit = (long)Math.Round(place.Value);
            if (digit < 0 || digit >= levels.Int64[d] || double.IsNaN(codes[i]))
            {
                throw new RefusalException($"code {codes[i]} is not one of the {levels.Int64[d]} levels of dimension {d}");
            }

            indices[i / levels.Count] += digit * basis[d];
            between.Add((i / levels.Count, (place.Value < digit ? -1 : 1) * basis[d], 0.5 - Math.Abs(place.Value - digit), place.Error));
        }

        var alternatives = between
            .Select(b => new Alternative(b.Row, indices[b.Row] + b.Other, b.Gap, b.Error))
            .Where(a => Tolerance.IsLegal(a, Precision.Of(DType.BFloat16), strict: false));
        return new Tensor([codes.Shape[0]], indices) { Tolerance = Tolerance.Exact(indices.Length) with { Alternatives = [.. alternatives] } };
    }

    public Tensor FsqIndicesToCodes(Tensor indices, Tensor levels)
    {
        RefuseUnlessLevelsFit(levels.Count, levels);
        var basis = Basis(levels);
        var size = checked(basis[^1] * levels.Int64[^1]);
        foreach (var index in indices.Int64)
        {
            if (index < 0 || index >= size)
            {
                throw new RefusalException($"index {index} is not in [0, {size})");
            }
        }

        return Answers.Matrix(indices.Count, levels.Count, (i, d) =>
        {
            var width = levels.Int64[d] / 2;
            var digit = indices.Int64[i] / basis[d] % levels.Int64[d];

            // (digit − w) / w errs by one rounding, digit / w − 1 by two.
            var code = (double)(digit - width) / width;
            return new Real(code, new Coefficients(((double)digit / width) + Math.Abs(code), 0, 0), digit);
        });
    }

    public Tensor FsqIndicesToCodesMap(Tensor indices, Tensor levels)
    {
        var (maps, height, width, channels) = (indices.Shape[0], indices.Shape[1], indices.Shape[2], levels.Count);
        var positions = height * width;
        var rows = FsqIndicesToCodes(new Tensor([indices.Count], indices.Int64.ToArray()), levels);
        var errors = rows.Tolerance!.Ordinary;
        return Answers.Floats([maps, channels, height, width], Answers.Each(rows.Count, i =>
        {
            var (map, channel, position) = (i / (channels * positions), i / positions % channels, i % positions);
            var from = (((map * positions) + position) * channels) + channel;
            return new Real(rows[from], errors[from], rows.Tolerance.Peak);
        }));
    }

    private static long[] Basis(Tensor levels)
    {
        var basis = new long[levels.Count];
        try
        {
            var running = 1L;
            for (var d = 0; d < basis.Length; d++)
            {
                basis[d] = running;
                running = checked(running * levels.Int64[d]);
            }
        }
        catch (OverflowException)
        {
            throw new RefusalException("the codebook is too large for 64-bit indices");
        }

        return basis;
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Reference;

// bit_i = [z_i > 0], code_i = ±scale, index = Σ bit_i 2^i; z + sg(code − z), so ∂code/∂z = 1.
public sealed partial class ReferenceKernels : ILookupFreeQuantizer
{
    /// <summary>An index has 63 bits beside its sign.</summary>
    private const int MostBits = 62;

    public (Tensor? Codes, Tensor? Indices) LfqQuantize(Tensor z, double scale)
    {
        RefuseUnlessLookupFree(z.Shape[1], scale);
        return (Answers.Like(z, i => Signed(z[i], scale, 0)), BitsOf(z));
    }

    public Tensor LfqQuantizeVjp(Tensor z, double scale, Tensor dCodes)
    {
        RefuseUnlessLookupFree(z.Shape[1], scale);
        return Answers.Like(z, i => dCodes[i]);
    }

    /// <summary>z + (code − z) is the code but for two roundings, and those of the magnitude where that is computed.</summary>
    private static Real Signed(double z, double magnitude, double computed)
    {
        var code = z > 0 ? magnitude : -magnitude;
        return new Real(code, new Coefficients(Math.Abs(code - z) + ((1 + computed) * magnitude), 0, 0), Math.Abs(z) + magnitude);
    }

    private static Tensor BitsOf(Tensor z)
    {
        var indices = new long[z.Shape[0]];
        for (var i = 0; i < z.Count; i++)
        {
            indices[i / z.Shape[1]] |= z[i] > 0 ? 1L << (i % z.Shape[1]) : 0;
        }

        return new Tensor([z.Shape[0]], indices) { Tolerance = Tolerance.Exact(indices.Length) };
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
}

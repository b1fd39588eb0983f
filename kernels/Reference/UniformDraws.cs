using LatentConformance.Contract;

namespace LatentConformance.Reference;

// ⌊u n⌋, u in [0, 1). The product may round up to the next whole number and never down past one, so the number above is
// legal where the product comes near it; n itself never is.
public sealed partial class ReferenceKernels
{
    /// <summary>What each uniform draws of <paramref name="from"/>, or the choice that this reference was told to answer for.</summary>
    private Tensor Drawn(Tensor uniforms, long[] from)
    {
        var alternatives = new List<Alternative>();
        var drawn = new long[uniforms.Count];
        for (var i = 0; i < drawn.Length; i++)
        {
            var product = (Real)Uniform(uniforms[i]) * from.Length;
            var number = (int)Math.Floor(product.Value);
            drawn[i] = from[number];
            if (number + 1 < from.Length)
            {
                alternatives.Add(new Alternative(i, from[number + 1], number + 1 - product.Value, product.Error));
            }
        }

        return new Tensor(uniforms.Shape.ToArray(), choice?.Int64.ToArray() ?? drawn)
        {
            Tolerance = Tolerance.Exact(drawn.Length) with
            {
                Alternatives = choice is null ? [.. alternatives.Where(a => Tolerance.IsLegal(a, Precision.Of(DType.BFloat16), strict: false))] : [],
                IsChoice = true,
            },
        };
    }

    private static long[] Numbers(long first, long count) => [.. Enumerable.Range(0, (int)count).Select(i => first + i)];

    private static double Uniform(double u) =>
        u >= 0 && u < 1 ? u : throw new RefusalException($"a uniform is {u}; it is in [0, 1)");
}

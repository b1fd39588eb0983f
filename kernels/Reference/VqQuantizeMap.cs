using LatentConformance.Contract;

namespace LatentConformance.Reference;

// [B, D, H, W] → B·H·W rows of the D channels at one position, and back by the inverse permutation: a plain reshape in
// either direction scrambles channels and space without an error.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices) VqQuantizeMap(Tensor z, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var indices = AssignedMap(z, codebook);
        var d = z.Shape[1];
        var positions = z.Shape[2] * z.Shape[3];
        return (Answers.Like(z, i => Snapped(z[i], codebook[CodeAt(i), i / positions % d])), indices);

        int CodeAt(int i) => (int)indices[(i / (positions * d) * positions) + (i % positions)];
    }

    public (Tensor? DZ, Tensor? DCodebook) VqQuantizeMapVjp(Tensor z, Tensor codebook, Tensor dQuantized)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var indices = AssignedMap(z, codebook);
        var dz = new Real[z.Count];
        for (var site = 0; site < indices.Count; site++)
        {
            var back = PastTheQuantizer(Channels(z, site), Row(codebook, (int)indices[site]), Channels(dQuantized, site));
            for (var c = 0; c < back.Length; c++)
            {
                dz[Place(z, site, c)] = back[c];
            }
        }

        return (Answers.Floats(z.Shape.ToArray(), dz), Answers.Zeros(codebook));
    }

    private Tensor AssignedMap(Tensor z, Tensor codebook)
    {
        var (b, h, w) = (z.Shape[0], z.Shape[2], z.Shape[3]);
        return Assigned([b, h, w], site => Channels(z, site), b * h * w, codebook);
    }

    /// <summary>The channels at site (b·H + h)·W + w.</summary>
    private static double[] Channels(Tensor map, int site) =>
        [.. Enumerable.Range(0, map.Shape[1]).Select(c => map[Place(map, site, c)])];

    private static int Place(Tensor map, int site, int channel)
    {
        var positions = map.Shape[2] * map.Shape[3];
        return (((site / positions * map.Shape[1]) + channel) * positions) + (site % positions);
    }
}

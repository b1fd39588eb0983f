namespace LatentConformance.Torch;

// The k largest values of a row stay, the others are 0; by value, not by magnitude. A stable sort, because topk leaves open which of a
// tie it takes, and the lowest index is asked for.
public static class TopK
{
    [Kernel("top_k")]
    public static Tensor Forward(Tensor x, long k)
    {
        if (k < 1 || k > x.size(1))
        {
            throw new RefusalException($"k is {k}; of {x.size(1)} values 1 to {x.size(1)} can be kept");
        }

        var kept = x.detach().sort(-1, descending: true, stable: true).Indices.narrow(-1, 0, k);
        return zeros_like(x).scatter(-1, kept, x.gather(-1, kept));
    }
}

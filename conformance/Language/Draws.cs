namespace LatentConformance.Conformance.Language;

/// <summary>
/// Numbers that any language can draw again: SplitMix64 seeded with the FNV-1a hash of a text, on a dyadic grid so that
/// float32 holds every draw exactly. Written down in docs/draws.md; changing it changes every golden.
/// </summary>
public sealed class Draws(string key)
{
    private ulong state = Hash(key);

    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Twelve bytes added: mean 0 and standard deviation 1 to five digits, on a grid of 1/256 within ±6.</summary>
    public double Normal()
    {
        var sum = 0;
        for (var half = 0; half < 2; half++)
        {
            var bits = Next();
            for (var b = 0; b < 6; b++)
            {
                sum += (int)(bits >> (8 * b) & 0xFF);
            }
        }

        return (sum - 1530) / 256.0;
    }

    /// <summary>low + k (high − low) / 256 for a whole k in [0, 256]; dyadic where low and high are.</summary>
    public double Uniform(double low, double high) => low + (Below(257) * (high - low) / 256);

    /// <summary>A whole number in [0, bound).</summary>
    public long Below(long bound) => (long)(Next() % (ulong)bound);

    /// <summary>The order of n things.</summary>
    public int[] Permutation(int n)
    {
        var order = Enumerable.Range(0, n).ToArray();
        for (var i = n - 1; i > 0; i--)
        {
            var j = (int)Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}

namespace LatentConformance.Gate.Deciding;

/// <summary>
/// Did more than half of n differences exceed a value, by more than chance? The evidence is a likelihood ratio, of all chances
/// above one half, equally weighed, against one half itself: 2 ∫ p^k (1 − p)^(n − k) dp over (½, 1], divided by 2^−n. Where the
/// chance is one half or less each time, whatever went before, it is a supermartingale: it ever reaches 1/α with a probability of at
/// most α (Ville), however often one looks.
/// </summary>
public static class SignTest
{
    /// <summary>The natural logarithm of the evidence in k of n.</summary>
    public static double LogEvidence(int k, int n) =>
        // The integral is a beta function times a binomial tail: B(k + 1, n − k + 1) · P(Bin(n + 1, ½) ≤ k).
        ((n + 1) * Math.Log(2)) - Math.Log(n + 1) - LogChoose(n, k) + LogLowerTail(k, n + 1);

    /// <summary>The fewest of n that are enough at level alpha; n + 1 where not even all are.</summary>
    public static int Enough(int n, double alpha)
    {
        var (low, high) = ((n / 2) + 1, n + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = LogEvidence(middle, n) >= -Math.Log(alpha) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The fewest differences from which anything can follow.</summary>
    public static int Fewest(double alpha)
    {
        var n = 1;
        while (Enough(n, alpha) > n)
        {
            n++;
        }

        return n;
    }

    private static double LogChoose(int n, int k)
    {
        var sum = 0.0;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
        {
            sum += Math.Log(n - i + 1) - Math.Log(i);
        }

        return sum;
    }

    /// <summary>log P(Bin(n, ½) ≤ k); k is at least half of n wherever it matters, so the upper tail is the small one.</summary>
    private static double LogLowerTail(int k, int n)
    {
        var upper = 0.0;
        var term = Math.Exp(-n * Math.Log(2));
        if (term == 0)
        {
            return k > n / 2 ? -Math.Log(2) : double.NegativeInfinity;
        }

        for (var i = n; i > k; i--)
        {
            upper += term;
            term *= (double)i / (n - i + 1);
        }

        return Math.Log(1 - Math.Min(upper, 1 - 1e-16));
    }
}

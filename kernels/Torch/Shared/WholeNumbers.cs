namespace LatentConformance.Torch;

/// <summary>Counts in 64 bits, made on the host: exact, or refused.</summary>
internal static class WholeNumbers
{
    public static Tensor Product(long more, params long[] factors)
    {
        Array.ForEach(factors, f => Refuse.UnlessPositive("a size", f));
        return tensor(InRange(() => checked(factors.Aggregate(1L, (product, factor) => checked(product * factor)) + more)));
    }

    public static long InRange(Func<long> count)
    {
        try
        {
            return count();
        }
        catch (OverflowException)
        {
            throw new RefusalException("the count does not fit 64 bits");
        }
    }
}

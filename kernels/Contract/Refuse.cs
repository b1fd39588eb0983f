namespace LatentConformance.Contract;

/// <summary>Bad arguments are refused with one line that says which and why; they are never answered.</summary>
public static class Refuse
{
    public static void UnlessSameShape(Tensor first, params ReadOnlySpan<Tensor> others)
    {
        foreach (var other in others)
        {
            if (!other.SameShape(first))
            {
                throw new RefusalException($"shapes differ: {Tensor.Show(first.Shape)} and {Tensor.Show(other.Shape)}");
            }
        }
    }

    public static void UnlessFiniteAndNotNegative(string name, double value)
    {
        if (!(value >= 0) || double.IsInfinity(value))
        {
            throw new RefusalException($"{name} is {value}; it is finite and not negative");
        }
    }

    public static void UnlessPositive(string name, double value)
    {
        if (!(value > 0) || double.IsInfinity(value))
        {
            throw new RefusalException($"{name} is {value}; it is finite and positive");
        }
    }

    public static void UnlessSwitch(string name, long value)
    {
        if (value is not (0 or 1))
        {
            throw new RefusalException($"{name} is {value}; it is 0 or 1");
        }
    }

    public static void UnlessSize(long size)
    {
        if (size is <= 0 or > int.MaxValue)
        {
            throw new RefusalException($"a codebook of {size} codes");
        }
    }

    public static void UnlessState(Tensor codebook, Tensor counts, Tensor sums, int dimensions)
    {
        UnlessCodebookFits(dimensions, codebook);
        UnlessSameShape(codebook, sums);
        if (counts.Count != codebook.Shape[0])
        {
            throw new RefusalException($"{counts.Count} counts for {codebook.Shape[0]} codes");
        }

        if (!Array.TrueForAll(counts.ToDoubles(), n => n >= 0))
        {
            throw new RefusalException("a count is negative or not a number");
        }
    }

    public static void UnlessCodebookFits(int dimensions, Tensor codebook)
    {
        if (codebook.Shape[0] == 0)
        {
            throw new RefusalException("the codebook holds no codes");
        }

        if (codebook.Shape[1] != dimensions)
        {
            throw new RefusalException($"z has {dimensions} dimensions and the codebook {codebook.Shape[1]}");
        }
    }

    public static void UnlessCodes(Tensor indices, long codes)
    {
        foreach (var index in indices.Int64)
        {
            if (index < 0 || index >= codes)
            {
                throw new RefusalException($"index {index} is not in [0, {codes})");
            }
        }
    }

    public static void UnlessDecay(double decay)
    {
        if (!(decay >= 0 && decay <= 1))
        {
            throw new RefusalException($"decay is {decay}; it is in [0, 1]");
        }
    }

    public static void UnlessChannelsFit(int channels, int weighed, int outputs, Tensor bias)
    {
        if (channels != weighed || channels == 0)
        {
            throw new RefusalException($"x has {channels} channels and the weight {weighed}");
        }

        if (bias.Count != outputs || outputs == 0)
        {
            throw new RefusalException($"{bias.Count} biases for {outputs} channels");
        }
    }
}

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
}

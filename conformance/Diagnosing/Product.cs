namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Quantities of a case multiplied and divided, as B · M / D: a weight that changes from case to case.</summary>
internal sealed record Product(IReadOnlyList<(string Name, int Power)> Factors)
{
    /// <summary>A mean runs over at most channels, rows and columns; longer products fit by chance.</summary>
    private const int Longest = 3;

    public static readonly Product One = new([]);

    public int Count => Factors.Count;

    /// <summary>Every product of the quantities or their inverses, the short ones first.</summary>
    public static IEnumerable<Product> Of(IReadOnlyList<string> quantities)
    {
        IReadOnlyList<(Product Product, int Next)> shorter = [(One, 0)];
        for (var length = 0; length <= Longest; length++)
        {
            foreach (var (product, _) in shorter)
            {
                yield return product;
            }

            shorter = [.. from s in shorter from n in Enumerable.Range(s.Next, quantities.Count - s.Next) from p in new[] { 1, -1 }
                          select (new Product([.. s.Product.Factors, (quantities[n], p)]), n + 1)];
        }
    }

    public double At(IReadOnlyDictionary<string, double> quantities) =>
        Factors.Aggregate(1.0, (value, f) => f.Power > 0 ? value * quantities[f.Name] : value / quantities[f.Name]);

    public Product Over(Product other) => new(
        [.. Factors.Concat(other.Factors.Select(f => (f.Name, Power: -f.Power)))
            .GroupBy(f => f.Name).Select(g => (g.Key, Power: g.Sum(f => f.Power))).Where(f => f.Power != 0)]);

    /// <summary>What is done to something: "times 2 · B", "divided by D", "times B / D".</summary>
    public string Applied(Number number)
    {
        var (above, below) = Written(number);
        return below.Length == 0 ? $"times {above}" : above.Length == 0 ? $"divided by {below}" : $"times {above} / {below}";
    }

    /// <summary>Times a number and, perhaps, something that has a name: what stands above the bar and what below.</summary>
    public (string Above, string Below) Written(Number number, string? name = null)
    {
        var above = Factors.Where(f => f.Power > 0).SelectMany(f => Enumerable.Repeat(f.Name, f.Power)).ToList();
        var below = Factors.Where(f => f.Power < 0).SelectMany(f => Enumerable.Repeat(f.Name, -f.Power)).ToList();
        if (name is null && number.Divisor is { } divisor)
        {
            below.Insert(0, divisor);
        }
        else if (number.Value != 1)
        {
            above.Insert(0, number.Text);
        }

        if (name is not null)
        {
            above.Add(name);
        }

        return (string.Join(" · ", above), below.Count > 1 ? $"({string.Join(" · ", below)})" : string.Concat(below));
    }
}

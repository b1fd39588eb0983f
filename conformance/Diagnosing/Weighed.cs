namespace LatentConformance.Conformance.Diagnosing;

/// <summary>
/// A total whose terms are ours and whose weights are not: c₁ · P₁ · first + c₂ · P₂ · second, with numbers c and products P
/// of the case's sizes and arguments. It answers what most people ask: my terms are means, what beta is that?
/// </summary>
internal sealed class Weighed : IReader
{
    /// <summary>A sum of two terms is never as simple as one factor.</summary>
    private const int Simplest = 4;

    public IEnumerable<Reading> Read(Output output)
    {
        if (output.Operation.Total is not { } total || total.Total != output.Field.Name || !output.Samples.Any(s => s.IsOff))
        {
            yield break;
        }

        if (Terms.Of(output, total) is not { } terms)
        {
            yield break;
        }

        var products = Product.Of(output.Quantities).Where(p => p.Count == 0 || output.Varies(p)).ToArray();
        var tried = 0;
        foreach (var first in products)
        {
            foreach (var second in products)
            {
                tried++;
                if (terms.Fit(first, second, tried) is var (a, b) && !IsIdle(a, first) && !IsIdle(b, second))
                {
                    var complexity = Simplest + (2 * (first.Count + second.Count)) + Cost(a) + Cost(b);
                    yield return new Reading(Sum(terms, (a, first), (b, second)), complexity, Optimum(total.Weight, (a, first), (b, second)));
                }
            }
        }
    }

    /// <summary>Nothing times a size is nothing.</summary>
    private static bool IsIdle(Number number, Product product) => number.Value is 0 && product.Count > 0;

    private static int Cost(Number number) => number.Value is 0 or 1 or -1 ? 0 : 1;

    private static string Sum(Terms terms, (Number Number, Product Product) first, (Number Number, Product Product) second)
    {
        if (first.Number.Value is 0 || second.Number.Value is 0)
        {
            var (kept, name, left) = second.Number.Value is 0 ? (first, terms.First, terms.Second) : (second, terms.Second, terms.First);
            return $"{(kept.Number.Value < 0 ? "-" : "")}{Term(kept, name)}, without {left}";
        }

        var sign = first.Number.Value < 0 ? "-" : "";
        return $"{sign}{Term(first, terms.First)} {(second.Number.Value < 0 ? "-" : "+")} {Term(second, terms.Second)}";
    }

    private static string Term((Number Number, Product Product) weight, string name)
    {
        var (above, below) = weight.Product.Written(weight.Number.Value < 0 ? new(-weight.Number.Value, weight.Number.Text[1..]) : weight.Number, name);
        return below.Length == 0 ? above : $"{above} / {below}";
    }

    /// <summary>Only the ratio of the weights moves the optimum: what the second weighs against the first is the beta that was meant.</summary>
    private static string? Optimum(string? weight, (Number Number, Product Product) first, (Number Number, Product Product) second)
    {
        if (weight is null || first.Number.Value <= 0 || second.Number.Value <= 0)
        {
            return null;
        }

        var ratio = second.Product.Over(first.Product);
        var exact = second.Number.Value / first.Number.Value;
        var number = Number.Simplest(Interval.Around(exact, exact * Terms.Ratio));
        var factor = ratio.Over(new Product([(weight, 1)]));
        if (factor.Factors.Any(f => f.Name == weight))
        {
            var (above, below) = ratio.Written(number);
            var value = $"{(above.Length == 0 ? "1" : above)}{(below.Length == 0 ? "" : $" / {below}")}";
            return ratio.Factors.Any(f => f.Name == weight) ? $"the same optimum as ours with {value} for {weight}" : $"the same optimum as ours with {weight} = {value}";
        }

        return factor.Count == 0 && number.Value == 1 ? "the optimum is that of ours" : $"the same optimum as ours with {weight} {factor.Applied(number)}";
    }
}

namespace LatentConformance.Conformance.Language;

/// <summary>Runs a check through all its bindings, and stops at the first instance that does not hold.</summary>
public static class CheckRunner
{
    private const int MostInstances = 5_000;

    public static Compared Run(Check check, Evaluator evaluator)
    {
        var instances = 0;
        return Run(check, evaluator, 0, ref instances);
    }

    private static Compared Run(Check check, Evaluator evaluator, int depth, ref int instances)
    {
        if (depth == check.Bindings.Count)
        {
            return ++instances <= MostInstances
                ? Comparison.Compare(check, evaluator)
                : throw new SpecError(check.Position, $"a for of more than {MostInstances} instances");
        }

        var binding = check.Bindings[depth];
        if (!binding.Runs)
        {
            evaluator.Bind(binding.Name, evaluator.Evaluate(binding.Value));
            return Run(check, evaluator, depth + 1, ref instances);
        }

        var total = new Compared(true, 0, null, null);
        foreach (var value in evaluator.Domain(binding.Value))
        {
            evaluator.Bind(binding.Name, value);
            total &= Run(check, evaluator, depth + 1, ref instances);
            if (!total.Holds)
            {
                return total;
            }
        }

        return total;
    }
}

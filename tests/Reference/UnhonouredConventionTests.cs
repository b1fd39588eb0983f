using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>A convention that an operation does not honour is none of its business: its answer stays what it was.</summary>
[TestFixture]
public sealed class UnhonouredConventionTests
{
    private static IEnumerable<TestCaseData> Unhonoured =>
        from operation in Catalogue.Standard.Operations
        from convention in Conventions.Known
        where !operation.Honours.Contains(convention.Key)
        from value in convention.Value.Skip(1)
        select new TestCaseData(operation, convention.Key, value).SetArgDisplayNames(operation.Name, convention.Key, value);

    [TestCaseSource(nameof(Unhonoured))]
    public void Answer_UnderAConventionItDoesNotHonour_IsTheSame(Operation operation, string convention, string value)
    {
        var inputs = Inputs(operation);

        var answer = operation.Invoke(new ReferenceKernels(Conventions.House.With(convention, value)), inputs);

        foreach (var (name, house) in operation.Invoke(new ReferenceKernels(), inputs))
        {
            Assert.That(answer[name].ToDoubles(), Is.EqualTo(house.ToDoubles()), name);
        }
    }

    /// <summary>Ordinary inputs but for log-variances past either end of the clamp.</summary>
    private static Dictionary<string, Tensor> Inputs(Operation operation)
    {
        var inputs = Tensors.For(operation.Name);
        foreach (var name in inputs.Keys.Where(n => n.StartsWith("logvar", StringComparison.Ordinal)).ToArray())
        {
            inputs[name] = inputs[name].With(0, -33).With(1, 24);
        }

        foreach (var field in operation.Inputs.Where(f => (f.Name is "x_hat" or "x") && f.Kind is FieldKind.Float))
        {
            var shape = inputs[field.Name].Shape.ToArray();
            inputs[field.Name] = Tensors.Uniform(field.Name, 0, 1, shape);
        }

        if (inputs.TryGetValue("codes", out var codes))
        {
            inputs["codes"] = Tensors.Of(codes.Shape.ToArray(), _ => 0);
        }

        return inputs;
    }
}

using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Reference;
using LatentConformance.Simd;
using NUnit.Framework;

namespace LatentConformance.Tests.Contract;

/// <summary>What the catalogue says of an input's values is what the kernels do.</summary>
public class DomainTests
{
    private static readonly TestCaseData[] Bounded =
        [.. Catalogue.Standard.Operations.Where(o => o.Domains.Count > 0).Select(o => new TestCaseData(o).SetArgDisplayNames(o.Name))];

    private static readonly (object Kernels, DType DType)[] Everybody = [(new ReferenceKernels(), DType.Float64), (new SimdKernels(), DType.Float32)];

    [TestCaseSource(nameof(Bounded))]
    public void Domain_OfCasesThatAreAnswered_HoldsTheirInputs(Operation operation)
    {
        foreach (var one in Checkout.Goldens[operation.Name].Cases.Where(c => !c.Refuses))
        {
            Assert.That(() => Refuse(operation, one.Inputs), Throws.Nothing, one.Id);
        }
    }

    /// <summary>One element of a right case moved just over an edge: the domain refuses it, and so does everybody.</summary>
    [TestCaseSource(nameof(Bounded))]
    public void Domain_JustOutside_IsRefusedByAll(Operation operation)
    {
        var tried = 0;
        foreach (var (domain, one) in operation.Domains.Zip(operation.Domains.Select(d => Filled(operation, d))))
        {
            foreach (var value in domain.JustOutside(one.Inputs))
            {
                var moved = new Dictionary<string, Tensor>(one.Inputs) { [domain.Input] = With(one.Inputs[domain.Input], value) };
                Assert.That(() => domain.RefuseOutside(moved), Throws.TypeOf<RefusalException>().With.Message.StartsWith(domain.Input));
                foreach (var (kernels, dtype) in Everybody.Where(e => operation.IsOfferedBy(e.Kernels)))
                {
                    Assert.That(() => operation.Invoke(kernels, In(moved, dtype)), Throws.TypeOf<RefusalException>(), $"{kernels.GetType().Name}: {domain.Input} = {value}");
                }

                tried++;
            }
        }

        Assert.That(tried, Is.GreaterThanOrEqualTo(operation.Domains.Count));
    }

    [TestCase("kl_standard", "sigma in (0, 1)")]
    [TestCase("kl_standard", "mu in (0, 1")]
    [TestCase("kl_standard", "mu above 0")]
    public void Domain_ThatCannotBeRead_IsNamed(string operation, string text) =>
        Assert.That(() => new Domain(text, Catalogue.Standard.Find(operation)!.Signature), Throws.InvalidOperationException.With.Message.Contains(text));

    private static void Refuse(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        foreach (var domain in operation.Domains)
        {
            domain.RefuseOutside(inputs);
        }
    }

    private static Dictionary<string, Tensor> In(Dictionary<string, Tensor> inputs, DType dtype) =>
        inputs.ToDictionary(i => i.Key, i => i.Value.DType.IsFloating() ? i.Value.As(dtype) : i.Value);

    /// <summary>A case whose first element is used: padding may hold anything.</summary>
    private static VectorCase Filled(Operation operation, Domain domain) => Checkout.Goldens[operation.Name].Cases
        .First(c => !c.Refuses && c.Inputs[domain.Input].Count > 0 && (!c.Inputs.TryGetValue("training", out var training) || training[0] == 1));

    private static Tensor With(Tensor tensor, double value)
    {
        if (tensor.DType == DType.Int64)
        {
            var whole = tensor.Int64.ToArray();
            whole[0] = (long)value;
            return new Tensor(tensor.Shape.ToArray(), whole);
        }

        var values = tensor.ToDoubles();
        values[0] = value;
        return new Tensor(tensor.Shape.ToArray(), values);
    }
}

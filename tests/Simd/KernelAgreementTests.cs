using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;
using LatentConformance.Reference;
using LatentConformance.Simd;
using LatentConformance.Tests.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>The kernels at the sizes where loops end: around a register's width, and with nothing in them.</summary>
[TestFixture]
public sealed class KernelAgreementTests
{
    private static readonly SimdKernels Kernels = new();
    private static readonly ReferenceKernels Reference = new();

    private static readonly string[] Families =
        ["Gaussian", "GaussianSample", "Reconstruction", "VaeLoss", "FiniteScalarQuantizer", "LookupFreeQuantizer", "Gumbel"];

    private static readonly (int Rows, int Columns)[] Sizes =
    [
        (0, Workers.Lanes), (3, 0), (1, 1), (3, Workers.Lanes - 1), (1, Workers.Lanes), (3, Workers.Lanes + 1), (3, (3 * Workers.Lanes) + 5),
    ];

    private static IEnumerable<string> Offered =>
        Catalogue.Standard.Operations.Where(o => Families.Contains(o.Family) && o.IsOfferedBy(Kernels)).Select(o => o.Name);

    [TestCaseSource(nameof(Offered))]
    public void Kernel_AtAnySize_AnswersAsTheReference(string name)
    {
        var operation = Catalogue.Standard.Find(name)!;
        using (Assert.EnterMultipleScope())
        {
            foreach (var (rows, columns) in Sizes)
            {
                var inputs = Inputs(name, rows, columns);
                var expected = Answer(operation, Reference, inputs);
                var given = Answer(operation, Kernels, inputs.ToDictionary(i => i.Key, i => Narrow(i.Value)));
                var why = (expected, given) switch
                {
                    (null, null) => null,
                    (null, _) => "answers what the reference refuses",
                    (_, null) => "refuses what the reference answers",
                    _ when expected.Values.All(v => v.Count == 0) && given.Values.All(v => v.Count == 0) => null,
                    _ => Judge.Judged(operation.Outputs, expected, given, Precision.Of(DType.Float32), strict: false).Why,
                };
                Assert.That(why, Is.Null, $"{rows} × {columns}");
            }
        }
    }

    private static Dictionary<string, Tensor> Inputs(string operation, int rows, int columns)
    {
        var sizes = new Dictionary<string, int> { ["B"] = rows, ["N"] = rows, ["D"] = columns, ["M"] = columns, ["K"] = columns, ["T"] = 2, ["d"] = 3, ["C"] = 1, ["H"] = 1, ["W"] = columns };
        var inputs = Tensors.For(operation, sizes, $"{rows}/{columns}").ToDictionary(i => i.Key, i => Narrow(i.Value).As(Wide(i.Value)));
        if (inputs.ContainsKey("dimensions"))
        {
            inputs["dimensions"] = new Tensor([], [(long)columns]);
        }

        if (operation == "fsq_codes_to_indices")
        {
            inputs["codes"] = Narrow(Reference.Fsq(inputs["codes"], inputs["levels"])).As(DType.Float64);
        }

        return inputs;
    }

    private static Tensor Narrow(Tensor tensor) => tensor.DType == DType.Int64 ? tensor : tensor.As(DType.Float32);

    private static DType Wide(Tensor tensor) => tensor.DType == DType.Int64 ? DType.Int64 : DType.Float64;

    private static Dictionary<string, Tensor>? Answer(Operation operation, object implementation, Dictionary<string, Tensor> inputs)
    {
        try
        {
            return operation.Invoke(implementation, inputs);
        }
        catch (RefusalException)
        {
            return null;
        }
    }
}

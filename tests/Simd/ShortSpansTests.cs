using System.Reflection;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Workloads;
using LatentConformance.Simd;
using NUnit.Framework;

namespace LatentConformance.Tests.Simd;

/// <summary>Behind a pointer nobody sees where a span ends: each kernel looks before it takes one.</summary>
[TestFixture]
public sealed class ShortSpansTests
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static;

    /// <summary>Spans whose length is a size of its own; all of them are read and written as spans.</summary>
    private static readonly Dictionary<(string Operation, string Field), string> AnyLength = new()
    {
        [("usage_counts", "indices")] = "as many as there are",
        [("usage_counts", "counts")] = "a smaller codebook, refused where an index is outside it",
        [("perplexity", "counts")] = "a smaller codebook",
        [("vq_quantize.vjp", "d_codebook")] = "cleared, however long",
        [("vq_quantize_map.vjp", "d_codebook")] = "cleared, however long",
        [("rvq_quantize.vjp", "d_codebooks")] = "cleared, however long",
    };

    /// <summary>Of this process and without a path: nothing is loaded a second time.</summary>
    private static readonly KernelSet Set = new KernelSource("simd", "", null) { Inside = typeof(SimdKernels).Assembly }.Open();

    private static readonly Dictionary<string, MethodInfo> Methods = typeof(SimdKernels).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(Statics)).Where(m => m.IsDefined(typeof(KernelAttribute))).ToDictionary(m => m.GetCustomAttribute<KernelAttribute>()!.Operation);

    private static IEnumerable<string> Kernels => Methods.Keys;

    [OneTimeTearDown]
    public static void Close() => Set.Dispose();

    [TestCaseSource(nameof(Kernels))]
    public void Kernel_AnySpanOneShorter_Throws(string name)
    {
        var workload = Whole(name);
        var kernel = Set.Find(workload.Operation);
        Assert.That(kernel.Call(new Buffers(workload)), Throws.Nothing);
        using (Assert.EnterMultipleScope())
        {
            foreach (var field in SpansOf(workload.Operation))
            {
                var call = kernel.Call(new Buffers(Shorter(workload, field)));
                if (AnyLength.ContainsKey((name, field.Name)))
                {
                    Assert.That(call, Throws.Nothing.Or.TypeOf<ArgumentException>(), field.Name);
                }
                else
                {
                    Assert.That(call, Throws.TypeOf<ArgumentException>().With.Message.Match("^[a-zA-Z.]+ is \\d+; expected .+ = [0-9* ]+$"), field.Name);
                }
            }
        }
    }

    [TestCase("ema_update", 0, ExpectedResult = true)]
    [TestCase("ema_update", 1L << 32, ExpectedResult = true)]
    [TestCase("ema_update_lesson", 0, ExpectedResult = true)]
    [TestCase("ema_update_lesson", 1L << 32, ExpectedResult = true)]
    [TestCase("ema_update_lesson", long.MinValue, ExpectedResult = true)]
    [TestCase("usage_counts", 0, ExpectedResult = true)]
    [TestCase("usage_counts", 1L << 32, ExpectedResult = true)]
    [TestCase("usage_counts", long.MinValue, ExpectedResult = true)]
    [TestCase("ema_update", long.MinValue, ExpectedResult = false, TestName = "ema_update, where what is below zero is masked")]
    public bool Kernel_AnIndexPastTheCodebook_Throws(string name, long past)
    {
        var workload = Whole(name);
        var indices = workload.Inputs["indices"].Int64.ToArray();
        indices[^1] = past + workload.Sizes["K"];
        var kernel = Set.Find(workload.Operation);
        try
        {
            kernel.Call(new Buffers(workload with { Inputs = With(workload.Inputs, "indices", new Tensor([indices.Length], indices)) }))();
            return false;
        }
        catch (ArgumentException refused)
        {
            Assert.That(refused.Message, Does.StartWith($"indices holds {indices[^1]}; expected 0 to "));
            return true;
        }
    }

    [Test]
    public void GumbelSoftmaxHard_WithoutClasses_Throws() =>
        Assert.That(() => GumbelSoftmaxHard.Forward([], [], [], new long[3]), Throws.ArgumentException.With.Message.StartsWith("classes is 0; expected 1 to"));

    [TestCase(-1, -4)]
    [TestCase(0, 4)]
    public void VqAssign_OfNoCodes_Throws(int k, int d) =>
        Assert.That(() => VqAssign.Forward(new float[12], new float[Math.Abs(k * d)], new long[3], k, d), Throws.ArgumentException);

    [TestCase(4, 2, Description = "an output more than there is")]
    [TestCase(3, 0, Description = "a stride of nothing")]
    public void Conv2d_OfSizesThatDisagree_Throws(int q, int stride) =>
        Assert.That(() => Conv2d.Forward(new float[6], new float[2], new float[1], stride, 0, 1, new float[q], 1, 1, 1, 6, 1, 1, 2, 1, q), Throws.ArgumentException);

    private static IEnumerable<Field> SpansOf(Operation operation) =>
        operation.Inputs.Where(f => f.Axes.Count > 0).Concat(operation.Outputs)
            .Where(f => Methods[operation.Name].GetParameters().Any(p => p.Name!.Equals(f.Name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)));

    /// <summary>A case of the golden: rather one in which a span that is one shorter is no other whole size, and a small one.</summary>
    private static Workload Whole(string name)
    {
        var operation = Catalogue.Standard.Find(name)!;
        return Checkout.Goldens[name].Cases.Where(c => !c.Refuses && c.Levels.ContainsKey(DType.Float32) && Lengths(operation, c).All(n => n > 0))
            .OrderBy(c => Lengths(operation, c) is var all && all.Any(a => a > 1 && all.Any(b => b % (a - 1) == 0))).ThenBy(c => c.Inputs.Values.Sum(t => t.Count))
            .Select(c => new Workload(operation, c.Id, c.Inputs, c.Outputs.ToDictionary(o => o.Key, o => o.Value.Shape.ToArray()))).First();
    }

    private static int[] Lengths(Operation operation, VectorCase one) =>
        [.. operation.Inputs.Where(f => f.Axes.Count > 0).Select(f => one.Inputs[f.Name].Count), .. one.Outputs.Values.Select(o => o.Count)];

    /// <summary>The sizes stay as they were.</summary>
    private static Workload Shorter(Workload workload, Field field)
    {
        if (!workload.Inputs.TryGetValue(field.Name, out var input))
        {
            var shapes = new Dictionary<string, int[]>(workload.OutputShapes) { [field.Name] = [(int)Tensor.CountOf(workload.OutputShapes[field.Name]) - 1] };
            return workload with { OutputShapes = shapes };
        }

        var rest = input.Count - 1;
        return workload with
        {
            Inputs = With(workload.Inputs, field.Name, field.Kind == FieldKind.Int ? new Tensor([rest], input.Int64[..rest].ToArray()) : new Tensor([rest], input.ToDoubles()[..rest])),
        };
    }

    private static Dictionary<string, Tensor> With(IReadOnlyDictionary<string, Tensor> inputs, string name, Tensor tensor) => new(inputs) { [name] = tensor };
}

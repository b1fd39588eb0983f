using System.Reflection;
using LatentConformance.Simd;

namespace LatentConformance.Compare;

/// <summary>The span kernels of a library: there is nothing to wait for when a call has returned.</summary>
internal sealed class SpanKernels(Assembly library) : IKernels
{
    public static SpanKernels Simd { get; } = new(typeof(Workers).Assembly);

    public Assembly Library => library;

    public string Words => $"kernels {32 * Workers.Lanes} bits wide";

    public BoundKernel? Bind(Case asked, IReadOnlyDictionary<string, object> inputs) =>
        SpanKernel.Find(library, asked.Name)?.Bind(asked, inputs) is not var (call, outputs) ? null : new BoundKernel(call, () =>
        {
            call();
            return outputs;
        });
}

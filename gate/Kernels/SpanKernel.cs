using LatentConformance.Contract;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Kernels;

/// <summary>A static method over spans.</summary>
internal sealed class SpanKernel(Binding binding) : IKernel
{
    private readonly Action<object[]> call = SpanCall.Of(binding.Method);

    public string Shown => Binding.Shown(binding.Method);

    public DType DType => binding.Slots.Any(s => s.Element == typeof(float)) || binding.Slots.All(s => s.Element != typeof(double)) ? DType.Float32 : DType.Float64;

    public Action Call(Buffers buffers)
    {
        object[] arguments = [.. binding.Slots.Select(s => Argument(s, buffers))];
        return () => call(arguments);
    }

    public IReadOnlyDictionary<string, Tensor> Outputs(Buffers buffers) => binding.Written.ToDictionary(s => s.Name, s => buffers.Tensor(s.Field!, s.Element));

    private static object Argument(Slot slot, Buffers buffers) => slot.Kind switch
    {
        SlotKind.Input or SlotKind.Output => buffers.Array(slot.Field!, slot.Element),
        SlotKind.Number => Convert.ChangeType(buffers.Number(slot.Name), slot.Element, System.Globalization.CultureInfo.InvariantCulture),
        _ => buffers.Size(slot.Name),
    };
}

using System.Reflection.Emit;
using LatentConformance.Contract;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Kernels;

/// <summary>A static method over spans. Reflection cannot pass a span: a few instructions make them of arrays and call.</summary>
internal sealed class SpanKernel(Binding binding) : IKernel
{
    private readonly Action<object[]> call = Emitted(binding);

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

    private static Action<object[]> Emitted(Binding binding)
    {
        var method = new DynamicMethod(binding.Method.Name, null, [typeof(object[])], typeof(SpanKernel).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        for (var i = 0; i < binding.Slots.Count; i++)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, i);
            code.Emit(OpCodes.Ldelem_Ref);
            var slot = binding.Slots[i];
            if (slot.Kind is SlotKind.Input or SlotKind.Output)
            {
                var array = slot.Element.MakeArrayType();
                code.Emit(OpCodes.Castclass, array);
                code.Emit(OpCodes.Newobj, slot.Parameter.ParameterType.GetConstructor([array])!);
            }
            else
            {
                code.Emit(OpCodes.Unbox_Any, slot.Element);
            }
        }

        code.Emit(OpCodes.Call, binding.Method);
        if (binding.Method.ReturnType != typeof(void))
        {
            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<object[]>>();
    }
}

using System.Reflection;
using System.Reflection.Emit;

namespace LatentConformance.Gate.Kernels;

/// <summary>Reflection cannot pass a span: a few instructions make them of arrays and call. It costs what the kernel costs and a few casts.</summary>
public static class SpanCall
{
    /// <summary>A call with an array for each span and a boxed number for each number, in the order of the parameters.</summary>
    public static Action<object[]> Of(MethodInfo kernel)
    {
        var call = new DynamicMethod(kernel.Name, null, [typeof(object[])], typeof(SpanCall).Module, skipVisibility: true);
        var code = call.GetILGenerator();
        foreach (var parameter in kernel.GetParameters())
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldc_I4, parameter.Position);
            code.Emit(OpCodes.Ldelem_Ref);
            if (parameter.ParameterType.IsPrimitive)
            {
                code.Emit(OpCodes.Unbox_Any, parameter.ParameterType);
            }
            else
            {
                var array = parameter.ParameterType.GetGenericArguments()[0].MakeArrayType();
                code.Emit(OpCodes.Castclass, array);
                code.Emit(OpCodes.Newobj, parameter.ParameterType.GetConstructor([array])!);
            }
        }

        code.Emit(OpCodes.Call, kernel);
        if (kernel.ReturnType != typeof(void))
        {
            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
        return call.CreateDelegate<Action<object[]>>();
    }
}

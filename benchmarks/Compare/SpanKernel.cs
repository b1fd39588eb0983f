using System.Globalization;
using System.Reflection;
using LatentConformance.Contract;
using LatentConformance.Gate.Kernels;

namespace LatentConformance.Compare;

/// <summary>A span kernel found by its [Kernel] and bound to arrays: a call costs what the kernel costs and a few casts.</summary>
internal sealed class SpanKernel
{
    private readonly MethodInfo method;

    private SpanKernel(MethodInfo method) => this.method = method;

    public static SpanKernel? Find(Assembly library, string operation) => library.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
        .Where(m => m.GetCustomAttributes<KernelAttribute>().Any(k => k.Operation == operation))
        .Select(m => new SpanKernel(m))
        .FirstOrDefault();

    /// <summary>The call on these inputs, and the arrays that it fills, in the order of the operation's outputs.</summary>
    public (Action Call, Array[] Outputs) Bind(Case asked, IReadOnlyDictionary<string, object> inputs)
    {
        var outputs = asked.Operation.Outputs.Select(f => f.Kind == FieldKind.Int ? (Array)new long[asked.Count(f)] : new float[asked.Count(f)]).ToArray();
        var arguments = method.GetParameters().Select(p => Argument(p, asked, inputs, outputs)).ToArray();
        var call = SpanCall.Of(method);
        return (() => call(arguments), outputs);
    }

    private object Argument(ParameterInfo parameter, Case asked, IReadOnlyDictionary<string, object> inputs, Array[] outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            if (asked.Operation.Outputs[i].ParameterName == parameter.Name)
            {
                return outputs[i];
            }
        }

        var field = asked.Operation.Inputs.FirstOrDefault(f => f.ParameterName == parameter.Name);
        if (field is not null && inputs[field.Name] is Array array)
        {
            return array;
        }

        var axes = asked.Operation.Inputs.Concat(asked.Operation.Outputs).SelectMany(f => f.Axes).ToHashSet(StringComparer.Ordinal);
        var axis = axes.FirstOrDefault(a => a == parameter.Name) ?? axes.FirstOrDefault(a => a.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
        var number = field is not null ? (double)inputs[field.Name]
            : axis is not null ? asked.Size(axis)
            : throw new InvalidOperationException(
                $"{method.DeclaringType}.{method.Name}: '{parameter.Name}' is no field or axis of {asked.Operation.Signature}; name it as one");
        return Convert.ChangeType(number, parameter.ParameterType, CultureInfo.InvariantCulture);
    }
}

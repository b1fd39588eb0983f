using System.Reflection;
using LatentConformance.Contract;

namespace LatentConformance.Gate.Kernels;

/// <summary>A kernel's parameters matched by name to the fields and axes of its operation.</summary>
internal sealed record Binding(MethodInfo Method, Operation Operation, IReadOnlyList<Slot> Slots)
{
    public IEnumerable<Slot> Written => Slots.Where(s => s.Kind == SlotKind.Output);

    /// <exception cref="GateException">A parameter that stands for nothing, or cannot hold what it stands for.</exception>
    public static Binding Of(MethodInfo method, Operation operation, string library)
    {
        var slots = method.GetParameters().Select(p => Of(p, operation) ?? throw new GateException(Stranger(p, method, operation, library))).ToArray();
        return slots.Any(s => s.Kind == SlotKind.Output)
            ? new Binding(method, operation, slots)
            : throw new GateException($"{library}: {Shown(method)} writes no output of {operation.Name}; expected a Span for {string.Join(", ", operation.Outputs.Select(o => o.ParameterName))}");
    }

    public static string Shown(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static Slot? Of(ParameterInfo parameter, Operation operation)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (open == typeof(ReadOnlySpan<>) || open == typeof(Span<>))
        {
            var isInput = open == typeof(ReadOnlySpan<>);
            var element = type.GetGenericArguments()[0];
            return (isInput ? operation.Inputs : operation.Outputs).FirstOrDefault(f => f.ParameterName == name) is { } field && Holds(element, field)
                ? new Slot(isInput ? SlotKind.Input : SlotKind.Output, parameter, field, field.Name, element)
                : null;
        }

        if (operation.Inputs.FirstOrDefault(f => f.Axes.Count == 0 && f.ParameterName == name) is { } number)
        {
            return Holds(type, number) || (number.Kind is FieldKind.Int && type == typeof(int)) ? new Slot(SlotKind.Number, parameter, number, number.Name, type) : null;
        }

        var axes = Axes(operation);
        var axis = axes.FirstOrDefault(a => a == name) ?? axes.FirstOrDefault(a => a.Equals(name, StringComparison.OrdinalIgnoreCase));
        return axis is not null && type == typeof(int) ? new Slot(SlotKind.Size, parameter, null, axis, type) : null;
    }

    private static bool Holds(Type element, Field field) =>
        field.Kind is FieldKind.Int ? element == typeof(long) : element == typeof(float) || element == typeof(double);

    private static string Stranger(ParameterInfo parameter, MethodInfo method, Operation operation, string library)
    {
        var names = string.Join(", ", operation.Inputs.Select(f => f.Axes.Count == 0 ? Number(f) : $"ReadOnlySpan<{Element(f)}> {f.ParameterName}")
            .Concat(operation.Outputs.Select(f => $"Span<{Element(f)}> {f.ParameterName}"))
            .Concat(Axes(operation).Select(a => $"int {a}")));
        return $"{library}: the parameter '{Shown(parameter.ParameterType)} {parameter.Name}' of {Shown(method)} stands for nothing in {operation.Name}; expected {names}";
    }

    private static string[] Axes(Operation operation) => [.. operation.Inputs.Concat(operation.Outputs).SelectMany(f => f.Axes).Distinct()];

    private static string Element(Field field) => field.Kind is FieldKind.Int ? "long" : "float";

    private static string Number(Field field) => $"{(field.Kind is FieldKind.Int ? "long" : "float")} {field.ParameterName}";

    private static string Shown(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Shown))}>"
        : type == typeof(float) ? "float" : type == typeof(double) ? "double" : type == typeof(long) ? "long" : type == typeof(int) ? "int" : type.Name;
}

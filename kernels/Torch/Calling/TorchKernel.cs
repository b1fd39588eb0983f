using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LatentConformance.Torch;

/// <summary>An operation's method, its parameters matched by name to the operation's inputs.</summary>
internal sealed class TorchKernel
{
    private readonly MethodInfo method;
    private readonly Operation operation;
    private readonly (Field Field, Type Type)[] slots;

    private TorchKernel(MethodInfo method, Operation operation)
    {
        this.method = method;
        this.operation = operation;
        Detached = method.GetCustomAttribute<DetachedAttribute>()?.Inputs ?? [];
        slots = [.. method.GetParameters().Select(p => (operation.Inputs.Single(f => f.ParameterName == p.Name), p.ParameterType))];
    }

    public static FrozenDictionary<string, TorchKernel> All { get; } = typeof(TorchKernel).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public))
        .SelectMany(m => m.GetCustomAttributes<KernelAttribute>().Select(k => new TorchKernel(m, Catalogue.Standard.Find(k.Operation)!)))
        .ToFrozenDictionary(k => k.operation.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> Detached { get; }

    /// <param name="numbers">What goes in as a number.</param>
    /// <param name="take">What goes in as a tensor, by name.</param>
    public Dictionary<string, Tensor> Call(IReadOnlyDictionary<string, Contract.Tensor> numbers, Func<string, Tensor> take)
    {
        object[] arguments = [.. slots.Select(s =>
            s.Type == typeof(Tensor) ? take(s.Field.Name)
            : s.Type == typeof(long) ? numbers[s.Field.Name].Int64[0]
            : (object)numbers[s.Field.Name][0])];
        var made = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return made is ITuple several
            ? operation.Outputs.Select((f, i) => (f.Name, (Tensor)several[i]!)).ToDictionary(o => o.Name, o => o.Item2)
            : new Dictionary<string, Tensor> { [operation.Outputs[0].Name] = (Tensor)made };
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LatentConformance.Contract;

/// <summary>One entry of the catalogue: a signature, the interface method that carries it, and the conventions it honours.</summary>
public sealed class Operation
{
    public const string GradientSuffix = ".vjp";

    private readonly MethodInfo method;
    private readonly ConcurrentDictionary<Type, bool> offered = [];

    internal Operation(MethodInfo method, Signature signature)
    {
        this.method = method;
        Signature = signature;
        Honours = method.GetCustomAttribute<HonoursAttribute>()?.Conventions ?? [];
        Total = method.GetCustomAttribute<TotalAttribute>();
        Domains = [.. method.GetCustomAttributes<DomainAttribute>().Select(d => new Domain(d.Text, signature))];
        var parameters = method.GetParameters();
        if (parameters.Length != signature.Inputs.Count)
        {
            throw new InvalidOperationException($"{method.Name} takes {parameters.Length} parameters, its signature names {signature.Inputs.Count}");
        }
    }

    public Signature Signature { get; }

    public string Name => Signature.Name;

    public IReadOnlyList<Field> Inputs => Signature.Inputs;

    public IReadOnlyList<Field> Outputs => Signature.Outputs;

    public IReadOnlyList<string> Honours { get; }

    /// <summary>The output that is a weighted sum of two others, where there is one.</summary>
    public TotalAttribute? Total { get; }

    /// <summary>What its inputs may hold, where an element alone can tell; a gradient's are those of its operation.</summary>
    public IReadOnlyList<Domain> Domains { get => Forward?.Domains ?? field; }

    /// <summary>The interface that carries the operation, without its I.</summary>
    public string Family => method.DeclaringType!.Name[1..];

    /// <summary>The gradient of this operation, where it is differentiable.</summary>
    public Operation? Gradient { get; internal set; }

    /// <summary>The operation whose gradient this is.</summary>
    public Operation? Forward { get; internal set; }

    /// <summary>Whether its class has a body of its own for this method; the interface's says that it is not offered.</summary>
    public bool IsOfferedBy(object implementation) => implementation is IAnswersByName named
        ? named.Offers(this)
        : offered.GetOrAdd(implementation.GetType(), type =>
        {
            if (!method.DeclaringType!.IsAssignableFrom(type))
            {
                return false;
            }

            var map = type.GetInterfaceMap(method.DeclaringType!);
            return !map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)].DeclaringType!.IsInterface;
        });

    /// <summary>Calls the method. Exceptions of the implementation come through as they are.</summary>
    public Dictionary<string, Tensor> Invoke(object implementation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (implementation is IAnswersByName named)
        {
            return named.Answer(this, inputs);
        }

        var parameters = method.GetParameters();
        var arguments = new object[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Argument(inputs[Inputs[i].Name], parameters[i].ParameterType);
        }

        var result = method.Invoke(implementation, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        var outputs = new Dictionary<string, Tensor>();
        if (result is ITuple tuple)
        {
            for (var i = 0; i < tuple.Length; i++)
            {
                if (tuple[i] is Tensor field)
                {
                    outputs[Outputs[i].Name] = field;
                }
            }
        }
        else if (result is Tensor single)
        {
            outputs[Outputs[0].Name] = single;
        }

        return outputs;
    }

    private static object Argument(Tensor tensor, Type type)
    {
        if (type == typeof(Tensor))
        {
            return tensor;
        }

        if (type == typeof(double))
        {
            return tensor[0];
        }

        return type == typeof(long)
            ? tensor.Int64[0]
            : throw new InvalidOperationException($"a contract method cannot take a {type.Name}");
    }
}

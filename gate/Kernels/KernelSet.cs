using System.Reflection;
using LatentConformance.Contract;

namespace LatentConformance.Gate.Kernels;

/// <summary>One loading of a library: its span kernels by operation, and beside them its classes that meet the contract.</summary>
public sealed class KernelSet : IDisposable
{
    private readonly LoadedApart? context;
    private readonly Dictionary<string, MethodInfo> methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IKernel> found = new(StringComparer.Ordinal);
    private readonly Type[] contracts;
    private readonly Dictionary<Type, object> instances = [];

    internal KernelSet(string shown, Type[] types, LoadedApart? context)
    {
        Shown = shown;
        this.context = context;
        const BindingFlags statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var method in types.SelectMany(t => t.GetMethods(statics)))
        {
            foreach (var kernel in method.GetCustomAttributes<KernelAttribute>())
            {
                Add(kernel.Operation, method);
            }
        }

        contracts = [.. types.Where(IsContract)];
        Synchronize = types.Where(t => t.IsClass).Concat(types.Select(t => t.Assembly).Distinct().SelectMany(a => a.GetTypes()))
            .SelectMany(t => t.GetMethods(statics)).Where(m => m.GetCustomAttribute<SynchronizeAttribute>() is not null)
            .Select(Hook).FirstOrDefault();
    }

    public string Shown { get; }

    /// <summary>Returns once all kernels are done; null where a call that returns is done.</summary>
    public Action? Synchronize { get; }

    /// <summary>The operations that have a span kernel.</summary>
    public IReadOnlyCollection<string> Kernels => methods.Keys;

    public bool Offers(Operation operation) => methods.ContainsKey(operation.Name) || ContractOf(operation) is not null;

    /// <summary>The span kernel, else the method of the contract.</summary>
    /// <exception cref="GateException">A kernel that cannot be called by its parameters' names.</exception>
    public IKernel Find(Operation operation)
    {
        if (!found.TryGetValue(operation.Name, out var kernel))
        {
            kernel = methods.TryGetValue(operation.Name, out var method)
                ? new SpanKernel(Binding.Of(method, operation, Shown))
                : new ContractKernel(ContractOf(operation) ?? throw new GateException($"{Shown} has no kernel for {operation.Name}"), operation);
            found.Add(operation.Name, kernel);
        }

        return kernel;
    }

    public void Dispose() => context?.Unload();

    private void Add(string operation, MethodInfo method)
    {
        var named = $"{method.DeclaringType!.Name}.{method.Name}";
        if (Catalogue.Standard.Find(operation) is null)
        {
            throw new GateException($"{Shown}: {named} is a kernel of '{operation}', and there is no such operation{Conformance.Nearest.Hint(operation, Catalogue.Standard.Operations.Select(o => o.Name))}");
        }

        if (!methods.TryAdd(operation, method))
        {
            var other = methods[operation].DeclaringType!.Name;
            throw new GateException($"{Shown} has two kernels of {operation}, in {other} and {method.DeclaringType.Name}; say which class, as My.dll:{other}");
        }
    }

    private Action Hook(MethodInfo method) => method.ReturnType == typeof(void) && method.GetParameters().Length == 0
        ? method.CreateDelegate<Action>()
        : throw new GateException($"{Shown}: {method.DeclaringType!.Name}.{method.Name} has [Synchronize]; expected a static method that takes nothing and returns nothing");

    private object? ContractOf(Operation operation)
    {
        foreach (var type in contracts)
        {
            if (!instances.TryGetValue(type, out var instance))
            {
                instances[type] = instance = Constructor(type)!.Invoke([.. Constructor(type)!.GetParameters().Select(p => p.DefaultValue)]);
            }

            if (operation.IsOfferedBy(instance))
            {
                return instance;
            }
        }

        return null;
    }

    private static bool IsContract(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsPublic: true, ContainsGenericParameters: false }
        && Constructor(type) is not null
        && type.GetInterfaces().Any(i => i.Assembly == typeof(Tensor).Assembly && i.GetMethods().Any(m => m.GetCustomAttribute<OperationAttribute>() is not null));

    private static ConstructorInfo? Constructor(Type type) => Array.Find(type.GetConstructors(), c => c.GetParameters().All(p => p.HasDefaultValue));
}

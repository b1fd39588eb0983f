using System.Runtime.InteropServices;

namespace LatentConformance.Torch;

internal sealed class PreparedCall(Operation operation, IReadOnlyDictionary<string, Contract.Tensor> inputs, Place place) : IPreparedCall
{
    private readonly TorchKernel kernel = TorchKernel.All[(operation.Forward ?? operation).Name];
    private readonly Dictionary<string, Tensor> held = new(StringComparer.Ordinal);

    public void Run() => Call(made => made.Count);

    public void Wait() => place.Wait();

    public Dictionary<string, Contract.Tensor> Answer() => Call(made => made.ToDictionary(m => m.Key, m => place.Give(m.Value)));

    public void Dispose()
    {
        foreach (var tensor in held.Values)
        {
            tensor.Dispose();
        }
    }

    private T Call<T>(Func<Dictionary<string, Tensor>, T> read)
    {
        // Everything that an operation makes is disposed of here, whatever it throws.
        using var scope = NewDisposeScope();
        try
        {
            return read(operation.Forward is null ? kernel.Call(inputs, Take) : Gradients.Of(kernel, operation, inputs, Take));
        }
        catch (ExternalException lacks) when (lacks.Message.Contains("not implemented for", StringComparison.Ordinal))
        {
            // An answer that says so: the device lacks it in this precision, which is nobody's mistake.
            throw new NotSupportedException(lacks.Message.Split('\n')[0]);
        }
        catch (ExternalException failed) when (failed.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnavailableException($"{place.Device} has too little memory left for {operation.Name}; take another device, or close what else uses it");
        }
    }

    /// <summary>Moved when first asked for, and kept beyond the scope of that call.</summary>
    private Tensor Take(string name) => held.TryGetValue(name, out var kept) ? kept : held[name] = place.Take(inputs[name]).DetachFromDisposeScope();
}

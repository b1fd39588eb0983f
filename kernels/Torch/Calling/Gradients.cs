namespace LatentConformance.Torch;

/// <summary>A .vjp answered by autograd over the operation itself: detach and stop-gradients are put to the test as they are written.</summary>
internal static class Gradients
{
    // A method up to 0.99, a property later.
    private static readonly Func<Tensor, Tensor?> Grad =
        (typeof(Tensor).GetMethod("grad", Type.EmptyTypes) ?? typeof(Tensor).GetProperty("grad")!.GetMethod!).CreateDelegate<Func<Tensor, Tensor?>>();

    /// <param name="take">What goes in as a tensor, by name: the leaves share its numbers, and their gradients begin with nothing.</param>
    public static Dictionary<string, Tensor> Of(
        TorchKernel kernel, Operation gradient, IReadOnlyDictionary<string, Contract.Tensor> inputs, Func<string, Tensor> take)
    {
        var leaves = gradient.Outputs.Select(o => o.Name["d_".Length..]).ToDictionary(name => name, name => take(name).detach().requires_grad_());
        var made = kernel.Call(inputs, name => leaves.GetValueOrDefault(name) ?? take(name));
        var reached = made.Where(m => m.Value.requires_grad && inputs.ContainsKey($"d_{m.Key}")).ToArray();
        if (reached.Length > 0)
        {
            Tensor[] outputs = [.. reached.Select(m => m.Value)];
            Tensor[] cotangents = [.. reached.Select(m => take($"d_{m.Key}").to(m.Value.dtype).reshape(m.Value.shape))];
            autograd.backward(outputs, cotangents);
        }

        return leaves.ToDictionary(l => $"d_{l.Key}", l => Grad(l.Value) is { IsInvalid: false } found ? found : Unreached(kernel, gradient, l.Key, l.Value));
    }

    private static Tensor Unreached(TorchKernel kernel, Operation gradient, string name, Tensor leaf) => kernel.Detached.Contains(name)
        ? zeros_like(leaf)
        : throw new InvalidOperationException($"{gradient.Name}: no gradient reaches {name}; keep it in the graph, or say [Detached(\"{name}\")] where that is meant");
}

namespace LatentConformance.Torch.StableDiffusion;

/// <summary>
/// Weights out of a seed, kept until this is disposed: the same for a name in every precision and on every device, since they are drawn
/// as float32 on the CPU. Scaled so that what is of order one stays so.
/// </summary>
public sealed class SeededWeights(int seed, Device device, ScalarType dtype) : IDisposable
{
    private readonly Dictionary<string, Tensor> drawn = [];

    /// <summary>How many numbers were asked for so far, each name once.</summary>
    public long Count => drawn.Values.Sum(w => w.numel());

    public Tensor Of(string name, long[] shape)
    {
        if (!drawn.TryGetValue(name, out var weight))
        {
            using var scope = NewDisposeScope();
            drawn[name] = weight = Draw(name, shape).to(dtype).to(device).DetachFromDisposeScope();
        }

        return weight.shape.AsSpan().SequenceEqual(shape)
            ? weight
            : throw new ArgumentException($"{name} was drawn as [{string.Join(", ", weight.shape)}] and is asked for as [{string.Join(", ", shape)}]");
    }

    public void Dispose()
    {
        foreach (var weight in drawn.Values)
        {
            weight.Dispose();
        }

        drawn.Clear();
    }

    private Tensor Draw(string name, long[] shape)
    {
        using var generator = new Generator((ulong)name.Aggregate(seed, (hash, c) => unchecked((hash * 31) + c)) & 0xFFFFFFFF, CPU);
        var normal = randn(shape, dtype: float32, generator: generator);
        return shape.Length == 4 ? normal / Math.Sqrt(shape[1] * shape[2] * shape[3])
            : name.EndsWith(".weight", StringComparison.Ordinal) ? 1 + (0.1 * normal)
            : 0.1 * normal;
    }
}

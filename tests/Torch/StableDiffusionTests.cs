using LatentConformance.Contract;
using LatentConformance.Torch;
using LatentConformance.Torch.StableDiffusion;
using NUnit.Framework;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace LatentConformance.Tests.Torch;

/// <summary>Convolution, normalization and attention at full size: the Stable Diffusion VAE's shape with weights out of a seed.</summary>
[NonParallelizable]
public class StableDiffusionTests
{
    private const int Seed = 1;
    private const double Float32 = 1.0 / (1 << 24);

    private static Device Machine => cuda.is_available() ? CUDA : CPU;

    /// <summary>Without it products on a GPU may have the 11 bits of tf32.</summary>
    [OneTimeSetUp]
    public void AskForFloat32() => _ = new TorchKernels(cuda.is_available() ? "cuda" : "cpu", DType.Float32);

    public sealed record Half(string Name, Func<Layers, Tensor, Tensor> Forward, long[] Small, long[] Large, long[] Predicted, long Parameters)
    {
        public override string ToString() => Name;
    }

    /// <summary>Predicted: 8 channels are the mean and the log-variance of 4, and 512 / 2³ = 64. The counts are those of compression.md.</summary>
    private static readonly Half[] Halves =
    [
        new("encoder", Encoder.Forward, [1, 3, 64, 64], [1, 3, 512, 512], [1, 8, 64, 64], 34_163_592 + 72),
        new("decoder", Decoder.Forward, [1, 4, 8, 8], [1, 4, 64, 64], [1, 3, 512, 512], 49_490_179 + 20),
    ];

    [TestCaseSource(nameof(Halves))]
    public void Half_AtFullSize_HasTheShapeAndTheParametersPredicted(Half half)
    {
        var before = Tensor.TotalCount;
        using (var weights = new SeededWeights(Seed, Machine, float32))
        using (no_grad())
        using (NewDisposeScope())
        {
            var made = half.Forward(new Layers(weights.Of), Input(half.Large).to(Machine));
            Assert.Multiple(() =>
            {
                Assert.That(made.shape, Is.EqualTo(half.Predicted));
                Assert.That(weights.Count, Is.EqualTo(half.Parameters));
                Assert.That(made.isfinite().all().item<bool>());
                Assert.That(made.std().item<float>(), Is.InRange(0.1, 10), "neither dead nor blown up");
            });
        }

        Assert.That(Tensor.TotalCount, Is.EqualTo(before), "live tensors");
    }

    [TestCaseSource(nameof(Halves))]
    public void Half_InFloat32_IsWithinTheBoundOfFloat64(Half half)
    {
        var judged = Judge(half, (_, weight) => weight);
        Assert.That(judged.Where(j => j.Off > j.Bound), Is.Empty);

        // A bound of the size of the result would hold whatever was computed.
        Assert.That(judged.Max(j => j.Bound / j.Scale), Is.LessThan(1e-4));
    }

    /// <summary>One convolution of all with weights of 8 bits.</summary>
    [TestCaseSource(nameof(Halves))]
    public void Half_WithOneLayerInBFloat16_IsBeyondTheBound(Half half)
    {
        var judged = Judge(half, (name, weight) => name.EndsWith(".mid.block_1.conv1.weight", StringComparison.Ordinal) ? weight.to(bfloat16).to(weight.dtype) : weight);
        Assert.That(judged.Where(j => j.Off > j.Bound), Is.Not.Empty);
    }

    /// <summary>Eight elements spread over the result: how far float32 is off, and by how much it may be.</summary>
    private static List<(double Off, double Bound, double Scale)> Judge(Half half, Func<string, Tensor, Tensor> changed)
    {
        using var scope = NewDisposeScope();
        using var narrow = new SeededWeights(Seed, Machine, float32);
        using var wide = new SeededWeights(Seed, CPU, float64);
        using var rounded = new RoundedLayers(wide.Of, Float32);
        var input = Input(half.Small);
        var exact = half.Forward(rounded, input.to(float64)).reshape(-1);
        Tensor made;
        using (no_grad())
        {
            made = half.Forward(new Layers((name, shape) => changed(name, narrow.Of(name, shape))), input.to(Machine)).to(float64).cpu().reshape(-1);
        }

        var scale = exact.std().item<double>();
        var step = exact.numel() / 8;
        return [.. Enumerable.Range(0, 8).Select(i => (i * step) + (i * 7)).Select(at =>
            (Math.Abs(made[at].item<double>() - exact[at].item<double>()), rounded.Bound(exact[at]), scale))];
    }

    private static Tensor Input(long[] shape)
    {
        using var generator = new Generator(Seed, CPU);
        return randn(shape, dtype: float32, generator: generator);
    }
}

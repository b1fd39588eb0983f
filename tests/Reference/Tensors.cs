using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using LatentConformance.Reference;

namespace LatentConformance.Tests.Reference;

/// <summary>Inputs for the tests: drawn by name, so that a failure repeats.</summary>
internal static class Tensors
{
    /// <summary>Sizes that differ, so that a mixed-up axis shows. D is 2: quadrature over latents stays a plane.</summary>
    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["B"] = 3,
        ["D"] = 2,
        ["G"] = 1,
        ["M"] = 4,
        ["C"] = 2,
        ["H"] = 2,
        ["W"] = 3,
        ["N"] = 6,
        ["K"] = 5,
        ["d"] = 3,
        ["O"] = 3,
        ["R"] = 3,
        ["S"] = 1,
        ["T"] = 4,
        ["U"] = 2,
        ["A"] = 3,
        ["Q"] = 2,
        ["F"] = 3,
    };

    public static Tensor Normal(string key, params int[] shape)
    {
        var draws = new Draws(key);
        return Of(shape, _ => draws.Normal());
    }

    public static Tensor Uniform(string key, double low, double high, params int[] shape)
    {
        var draws = new Draws(key);
        return Of(shape, _ => draws.Uniform(low, high));
    }

    public static Tensor Of(int[] shape, Func<int, double> element) =>
        new(shape, Enumerable.Range(0, (int)Tensor.CountOf(shape)).Select(element).ToArray());

    public static Tensor Row(params double[] values) => new([1, values.Length], values);

    public static Tensor Vector(params double[] values) => new([values.Length], values);

    public static Tensor Whole(params long[] values) => new([values.Length], values);

    /// <summary>All inputs of an operation, of ordinary size, in the order of its signature.</summary>
    public static Dictionary<string, Tensor> For(string operation, string key = "") => For(operation, Sizes, key);

    /// <summary>The same in sizes of one's own, by the names of the axes.</summary>
    public static Dictionary<string, Tensor> For(string operation, IReadOnlyDictionary<string, int> sizes, string key = "")
    {
        var inputs = new Dictionary<string, Tensor>();
        foreach (var field in Catalogue.Standard.Find(operation)!.Inputs)
        {
            var name = $"{operation}/{field.Name}/{key}";
            inputs[field.Name] = field.Axes.All(sizes.ContainsKey) ? Drawn(field, sizes, name) : Normal(name, ShapeOfAnswer(operation, field, inputs));
        }

        return inputs;
    }

    public static Tensor With(this Tensor tensor, int element, double value) =>
        Of(tensor.Shape.ToArray(), i => i == element ? value : tensor[i]);

    public static double[] RowOf(this Tensor tensor, int row)
    {
        var width = tensor.Count / tensor.Shape[0];
        return tensor.ToDoubles()[(row * width)..((row + 1) * width)];
    }

    /// <summary>An axis whose size follows from the others is asked for: a cotangent has the shape of its output.</summary>
    private static int[] ShapeOfAnswer(string operation, Field cotangent, Dictionary<string, Tensor> inputs) =>
        Catalogue.Standard.Find(operation)!.Forward!.Invoke(new ReferenceKernels(), inputs)[cotangent.Name["d_".Length..]].Shape.ToArray();

    private static Tensor Drawn(Field field, IReadOnlyDictionary<string, int> sizes, string key)
    {
        var shape = field.Axes.Select(a => sizes[a]).ToArray();
        return field.Name switch
        {
            "logvar" or "logvar_q" or "logvar_p" => Uniform(key, -2, 2, shape),
            "noise_variance" => Uniform(key, 0.5, 1.5, shape),
            "beta" => Uniform(key, 0.25, 4.25, shape),
            "epsilon" when shape.Length == 0 => Uniform(key, 0.25, 1.25, shape),
            "levels" => Whole([.. shape.SelectMany(n => Enumerable.Range(0, n)).Select(d => d + 3L)]),
            "capacity" or "capacity_max" or "gamma" or "weight_dynamics" or "weight_representation" => Uniform(key, 0.25, 4.25, shape),
            "low" when field.Kind == FieldKind.Float => Tensor.Scalar(-5),
            "high" when field.Kind == FieldKind.Float => Tensor.Scalar(3),
            "bandwidth" or "alpha" or "entropy" => Uniform(key, 0.5, 2.5, shape),
            "sizes" => Whole([.. shape.SelectMany(n => Enumerable.Range(0, n)).Select(i => 7L - i)]),
            "dataset_size" => new Tensor([], [50L]),
            "floor" => Uniform(key, 0.125, 0.625, shape),
            "logvar_a" or "logvar_b" or "delta_logvar" => Uniform(key, -2, 2, shape),
            "uniforms" or "activations" => Uniform(key, 0.0625, 0.9375, shape),
            "rho" => Uniform(key, 0.125, 0.375, shape),
            "temperature" or "start" or "end" or "data_range" or "threshold" => Uniform(key, 0.5, 2.5, shape),
            "steps" or "period" => new Tensor([], [9L]),
            "ramp_steps" => new Tensor([], [7L]),
            "warmup_steps" => new Tensor([], [10L]),
            "size" or "frames" => Whole(5, 6, 7, 11),
            "output_padding" => new Tensor([], [0L]),
            "k" or "stages" or "hop" or "image_bits" => new Tensor([], [2L]),
            "codebook_size" or "sample_rate" when shape.Length == 0 => new Tensor([], [1000L]),
            "image" or "latents" or "latent_bits" or "codebook_size" => new Tensor(shape, [.. Enumerable.Range(0, (int)Tensor.CountOf(shape)).Select(i => i + 2L)]),
            "scale" or "inverse_temperature" => Uniform(key, 0.25, 2.25, shape),
            "indices" or "code" => new Tensor(shape, [.. Enumerable.Range(0, (int)Tensor.CountOf(shape)).Select(i => i % 5L)]),
            "selected" => new Tensor(shape, [.. Enumerable.Range(0, (int)Tensor.CountOf(shape)).Select(i => 3L * i % 5)]),
            "decay" => Tensor.Scalar(0.25),
            "kept" => new Tensor(shape, [.. Enumerable.Range(0, shape[0]).Select(i => 1 + (i % 2L))]),
            "bandwidth" or "coefficient" => Uniform(key, 0.25, 2.25, shape),
            "rate" => Uniform(key, 0.25, 0.75, shape),
            "probabilities" => Uniform(key, 0.0625, 0.9375, shape),
            "strides" => Whole([.. shape.SelectMany(n => Enumerable.Range(2, n)).Select(i => (long)i)]),
            "down" => new Tensor(shape, [.. Enumerable.Range(0, (int)Tensor.CountOf(shape)).Select(i => i % 2L)]),
            "features" => new Tensor([], [16L]),
            "channels" or "height" => new Tensor([], [2L]),
            "reset_count" => Tensor.Scalar(1.5),
            "mask" => Of(shape, i => i % 2),
            "counts" or "hidden_counts" when field.Kind == FieldKind.Float => Uniform(key, 0.5, 4.5, shape),
            "dimensions" or "low_bits" => new Tensor([], [4L]),
            _ when field.Kind == FieldKind.Int && shape.Length == 2 => new Tensor(shape, [.. Enumerable.Range(0, shape[0] * shape[1]).Select(i => i % 4L)]),
            _ when field.Kind == FieldKind.Int && shape.Length == 0 => new Tensor([], [1L]),
            _ when field.Kind == FieldKind.Int => Whole([.. shape.SelectMany(n => Enumerable.Range(0, n)).Select(i => 2L * i)]),
            _ => Normal(key, shape),
        };
    }
}

using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>A tensor of traced values: what a wrong formula takes and makes.</summary>
internal sealed class Grid(int[] shape, Traced[] data)
{
    public Grid(Tensor tensor)
        : this(tensor.Shape.ToArray(), [.. tensor.ToDoubles().Select(v => (Traced)v)])
    {
    }

    public int[] Shape { get; } = shape;

    public int Count => data.Length;

    /// <summary>The first axis.</summary>
    public int Rows => Shape[0];

    /// <summary>The elements of one sample: every axis but the first.</summary>
    public int Columns { get; } = shape.Skip(1).Aggregate(1, (product, size) => product * size);

    public Traced this[int i] => data[i];

    public Traced this[int row, int column] => data[(row * Columns) + column];

    public static Grid Each(int[] shape, Func<int, Traced> element) =>
        new(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(element)]);

    public static Grid Matrix(int rows, int columns, Func<int, int, Traced> element) =>
        Each([rows, columns], i => element(i / columns, i % columns));

    public static Grid Whole(int[] shape, IEnumerable<int> values) => new(shape, [.. values.Select(v => (Traced)v)]);

    /// <summary>A value a row.</summary>
    public Grid PerRow(Func<int, Traced> value) => Each([Rows], value);

    public Grid Like(Func<int, Traced> element) => Each(Shape, element);

    public Tensor ToTensor(Field field) =>
        Tensor.Of(field.Kind is FieldKind.Int ? DType.Int64 : DType.Float64, Shape, [.. data.Select(d => d.Value)]);

    public Tensor Gradients() => new(Shape, [.. data.Select(d => d.Gradient)]);
}

using System.Globalization;

namespace LatentConformance.Contract;

/// <summary>
/// What crosses the boundary: a dtype, a shape, contiguous row-major data. float64 holds doubles, int64 longs, every
/// narrower floating type floats.
/// </summary>
public sealed class Tensor
{
    private readonly Array data;
    private readonly int[] shape;

    public Tensor(int[] shape, double[] data)
        : this(DType.Float64, shape, data)
    {
    }

    public Tensor(int[] shape, float[] data, DType dtype = DType.Float32)
        : this(dtype, shape, data)
    {
        if (dtype is DType.Float64 or DType.Int64)
        {
            throw new ArgumentException($"{dtype.WireName()} does not travel as float32");
        }
    }

    public Tensor(int[] shape, long[] data)
        : this(DType.Int64, shape, data)
    {
    }

    private Tensor(DType dtype, int[] shape, Array data)
    {
        if (CountOf(shape) != data.Length)
        {
            throw new ArgumentException($"{data.Length} values do not fill the shape {Show(shape)}");
        }

        DType = dtype;
        this.shape = (int[])shape.Clone();
        this.data = data;
    }

    public DType DType { get; }

    public ReadOnlySpan<int> Shape => shape;

    public int Rank => shape.Length;

    public int Count => data.Length;

    /// <summary>How far a right answer may be from these values; only a reference states it.</summary>
    public Tolerance? Tolerance { get; init; }

    public ReadOnlySpan<double> Float64 => As<double>();

    public ReadOnlySpan<float> Float32 => As<float>();

    public ReadOnlySpan<long> Int64 => As<long>();

    /// <summary>Element by its place in row-major order, widened.</summary>
    public double this[int i] => data switch
    {
        double[] d => d[i],
        float[] f => f[i],
        _ => ((long[])data)[i],
    };

    public double this[int i, int j] => this[(i * shape[1]) + j];

    public double this[int i, int j, int k, int l] => this[(((((i * shape[1]) + j) * shape[2]) + k) * shape[3]) + l];

    /// <summary>The values rounded to <paramref name="dtype"/>.</summary>
    public static Tensor Of(DType dtype, int[] shape, ReadOnlySpan<double> values)
    {
        switch (dtype)
        {
            case DType.Float64:
                return new Tensor(shape, values.ToArray());
            case DType.Int64:
                var whole = new long[values.Length];
                for (var i = 0; i < whole.Length; i++)
                {
                    whole[i] = checked((long)values[i]);
                }

                return new Tensor(shape, whole);
            default:
                var precision = Precision.Of(dtype);
                var narrow = new float[values.Length];
                for (var i = 0; i < narrow.Length; i++)
                {
                    narrow[i] = (float)precision.Round(values[i]);
                }

                return new Tensor(shape, narrow, dtype);
        }
    }

    public static Tensor Scalar(double value) => new([], new[] { value });

    public Tensor As(DType dtype) => dtype == DType ? this : Of(dtype, shape, ToDoubles());

    public double[] ToDoubles()
    {
        var values = new double[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = this[i];
        }

        return values;
    }

    public bool SameShape(Tensor other) => Shape.SequenceEqual(other.Shape);

    /// <summary>Value for value, NaN for NaN: the check that inputs came back unmodified and that an answer repeats.</summary>
    public bool Identical(Tensor other) =>
        DType == other.DType && SameShape(other) && data switch
        {
            double[] d => d.AsSpan().SequenceEqual(other.Float64) || BitsEqual(this, other),
            float[] f => f.AsSpan().SequenceEqual(other.Float32) || BitsEqual(this, other),
            _ => Int64.SequenceEqual(other.Int64),
        };

    public override string ToString() => $"{DType.WireName()}{Show(shape)}";

    public static string Show(ReadOnlySpan<int> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(", ", parts)}]";
    }

    /// <summary>Element count in 64 bits, so that a wrapped product never passes for a small one.</summary>
    public static long CountOf(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        return count;
    }

    private static bool BitsEqual(Tensor a, Tensor b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (BitConverter.DoubleToInt64Bits(a[i]) != BitConverter.DoubleToInt64Bits(b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<T> As<T>() =>
        data as T[] ?? throw new InvalidOperationException($"a {DType.WireName()} tensor does not hold {typeof(T).Name}");
}

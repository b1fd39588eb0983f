using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>
/// A tensor as somebody sent it: a number, nested lists, or an object of shape and data or base64. Trusted in nothing:
/// sizes are checked against the data that is there before anything is allocated for them.
/// </summary>
internal static class WireTensor
{
    private const int DeepestRank = 8;

    /// <exception cref="MalformedException">What is wrong, beginning with the field's name.</exception>
    public static Tensor Read(Field field, JsonElement value, DType declared)
    {
        var kind = field.Kind is FieldKind.Int ? DType.Int64 : declared;
        try
        {
            return value.ValueKind is JsonValueKind.Object ? Described(value, kind) : Nested(value, kind);
        }
        catch (MalformedException wrong)
        {
            throw new MalformedException($"{field.Name} {wrong.Message}");
        }
    }

    private static Tensor Nested(JsonElement value, DType dtype)
    {
        var shape = new List<int>();
        for (var inner = value; inner.ValueKind is JsonValueKind.Array; inner = inner[0])
        {
            shape.Add(inner.GetArrayLength());
            if (shape.Count > DeepestRank)
            {
                throw new MalformedException($"is nested deeper than {DeepestRank} levels");
            }

            if (shape[^1] == 0)
            {
                break;
            }
        }

        var numbers = new List<JsonElement>();
        Collect(value, shape, 0, numbers);
        return Filled(dtype, [.. shape], numbers);
    }

    private static void Collect(JsonElement value, List<int> shape, int depth, List<JsonElement> numbers)
    {
        if (depth == shape.Count)
        {
            numbers.Add(value);
            return;
        }

        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() != shape[depth])
        {
            throw new MalformedException($"is ragged: its rows differ in length; expected the shape {Tensor.Show(shape.ToArray())}");
        }

        foreach (var inner in value.EnumerateArray())
        {
            Collect(inner, shape, depth + 1, numbers);
        }
    }

    private static Tensor Described(JsonElement value, DType expected)
    {
        var shape = Shape(value);
        var stated = value.TryGetProperty("dtype", out var name) ? Stated(name, expected) : null;
        if (value.TryGetProperty("data", out var data))
        {
            if (data.ValueKind is not JsonValueKind.Array || data.GetArrayLength() != Tensor.CountOf(shape))
            {
                throw new MalformedException($"has the shape {Tensor.Show(shape)} and data that does not fill it; data is a flat list");
            }

            return Filled(Kept(stated, expected), shape, [.. data.EnumerateArray()]);
        }

        return value.TryGetProperty("base64", out var base64)
            ? FromBytes(base64, shape, stated ?? throw new MalformedException("is base64 without a dtype"), expected)
            : throw new MalformedException("has neither data nor base64");
    }

    private static int[] Shape(JsonElement value)
    {
        if (!value.TryGetProperty("shape", out var sizes) || sizes.ValueKind is not JsonValueKind.Array || sizes.GetArrayLength() > DeepestRank)
        {
            throw new MalformedException($"has no shape: expected a list of at most {DeepestRank} whole numbers");
        }

        var shape = new int[sizes.GetArrayLength()];
        long count = 1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (sizes[axis].ValueKind is not JsonValueKind.Number || !sizes[axis].TryGetInt32(out shape[axis]) || shape[axis] < 0)
            {
                throw new MalformedException("has a shape with something else in it than whole numbers from 0");
            }

            count = Math.Min(count * shape[axis], int.MaxValue);
        }

        return count < int.MaxValue ? shape : throw new MalformedException("has a shape of more elements than can be sent");
    }

    private static string Stated(JsonElement name, DType expected)
    {
        var stated = name.ValueKind is JsonValueKind.String ? name.GetString()! : "no text";
        var isWhole = stated is "int64" or "int32";
        if (!isWhole && !(DTypes.TryParse(stated, out var dtype) && dtype.IsFloating()))
        {
            throw new MalformedException($"has the dtype '{Plain.Text(stated)}'; expected float64, float32, tf32, bfloat16, float16, int64 or int32");
        }

        return isWhole == (expected == DType.Int64)
            ? stated
            : throw new MalformedException($"is {stated}, expected {expected.WireName()}");
    }

    /// <summary>The narrow types travel as float32; a wider or narrower one than was declared is kept, and the judge says so.</summary>
    private static DType Kept(string? stated, DType expected)
    {
        var travels = expected is DType.Float64 or DType.Int64 ? expected : DType.Float32;
        return stated is null or "int32" || !DTypes.TryParse(stated, out var dtype) || dtype == travels ? expected : dtype;
    }

    private static Tensor FromBytes(JsonElement base64, int[] shape, string stated, DType expected)
    {
        if (base64.ValueKind is not JsonValueKind.String || !base64.TryGetBytesFromBase64(out var bytes))
        {
            throw new MalformedException("is not base64");
        }

        var size = stated switch { "float64" or "int64" => 8, _ => 4 };
        if (bytes.Length != Tensor.CountOf(shape) * size)
        {
            throw new MalformedException($"has {bytes.Length} bytes where {Tensor.Show(shape)} of {stated} has {Tensor.CountOf(shape) * size}");
        }

        var kept = Kept(stated, expected);
        return stated switch
        {
            "int64" => new Tensor(shape, MemoryMarshal.Cast<byte, long>(bytes).ToArray()),
            "int32" => Tensor.Of(DType.Int64, shape, Widened(MemoryMarshal.Cast<byte, int>(bytes))),
            "float64" => new Tensor(shape, MemoryMarshal.Cast<byte, double>(bytes).ToArray()),
            _ => new Tensor(shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray(), kept),
        };
    }

    private static double[] Widened(ReadOnlySpan<int> whole)
    {
        var wide = new double[whole.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = whole[i];
        }

        return wide;
    }

    private static Tensor Filled(DType dtype, int[] shape, List<JsonElement> numbers)
    {
        if (dtype == DType.Int64)
        {
            return new Tensor(shape, [.. numbers.Select(Whole)]);
        }

        return Tensor.Of(dtype, shape, [.. numbers.Select(Number)]);
    }

    private static double Number(JsonElement number)
    {
        if (number.ValueKind is JsonValueKind.Number)
        {
            return number.TryGetDouble(out var value) && double.IsFinite(value)
                ? value
                : throw new MalformedException($"holds {Plain.Text(number.GetRawText())}, which no float64 holds; an infinity is written \"inf\"");
        }

        return (number.ValueKind is JsonValueKind.String ? number.GetString() : null) switch
        {
            "NaN" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => throw new MalformedException($"holds {Plain.Text(number.GetRawText())}; expected a number, \"NaN\", \"inf\" or \"-inf\""),
        };
    }

    private static long Whole(JsonElement number) =>
        number.ValueKind is JsonValueKind.Number && number.TryGetInt64(out var whole) ? whole
        : number.ValueKind is JsonValueKind.Number && number.TryGetDouble(out var value) && Math.Abs(value) < 1L << 53 && value == Math.Floor(value) ? (long)value
        : throw new MalformedException(string.Create(CultureInfo.InvariantCulture, $"holds {Plain.Text(number.GetRawText())}; expected a whole number"));
}

/// <summary>Somebody sent what the protocol does not have; the message says what and what was expected.</summary>
internal sealed class MalformedException(string message) : Exception(message);

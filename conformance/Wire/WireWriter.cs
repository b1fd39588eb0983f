using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>What we send, as bytes: one JSON object and a line's end. adapters/protocol.md describes it.</summary>
public static class WireWriter
{
    /// <summary>Tensors of more elements travel as base64.</summary>
    public const int LargestSpelledOut = 4096;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Our first line, with all that may be asked: whoever hands gradients to autograd needs the names.</summary>
    public static ReadOnlyMemory<byte> Hello(string specVersion, Catalogue catalogue) => Line(1 << 15, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("protocol", WireHello.Protocol);
        json.WriteString("hello", "latent");
        json.WriteString("spec_version", specVersion);
        json.WriteStartObject("operations");
        foreach (var operation in catalogue.Operations)
        {
            json.WriteStartObject(operation.Name);
            Names("inputs", operation.Inputs);
            Names("outputs", operation.Outputs);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();

        void Names(string key, IReadOnlyList<Field> fields)
        {
            json.WriteStartArray(key);
            foreach (var field in fields)
            {
                json.WriteStringValue(field.Name);
            }

            json.WriteEndArray();
        }
    });

    public static ReadOnlyMemory<byte> Request(string id, Operation operation, IReadOnlyDictionary<string, Tensor> inputs) =>
        Request(json => json.WriteString("id", id), operation, inputs);

    public static ReadOnlyMemory<byte> Request(long id, Operation operation, IReadOnlyDictionary<string, Tensor> inputs) =>
        Request(json => json.WriteNumber("id", id), operation, inputs);

    private static ReadOnlyMemory<byte> Request(Action<Utf8JsonWriter> writeId, Operation operation, IReadOnlyDictionary<string, Tensor> inputs) => Line(Room(inputs), json =>
    {
        json.WriteStartObject();
        writeId(json);
        json.WriteString("op", operation.Name);
        json.WriteStartObject("inputs");
        foreach (var field in operation.Inputs)
        {
            json.WritePropertyName(field.Name);
            Write(json, inputs[field.Name]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Tensor tensor)
    {
        if (tensor.Rank == 0)
        {
            WriteScalar(json, tensor);
            return;
        }

        json.WriteStartObject();
        json.WriteString("dtype", tensor.DType.WireName());
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        if (tensor.Count > LargestSpelledOut)
        {
            json.WriteBase64String("base64", Bytes(tensor));
        }
        else
        {
            json.WriteStartArray("data");
            for (var i = 0; i < tensor.Count; i++)
            {
                WriteNumber(json, tensor, i);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A whole number with a point is a float for readers that tell the two apart: beta is 1.0, k is 1.</summary>
    private static void WriteScalar(Utf8JsonWriter json, Tensor tensor)
    {
        if (tensor.DType != DType.Int64 && Math.Abs(tensor[0]) < 1e15 && tensor[0] == Math.Floor(tensor[0]))
        {
            json.WriteRawValue(tensor[0].ToString("0.0", CultureInfo.InvariantCulture));
        }
        else
        {
            WriteNumber(json, tensor, 0);
        }
    }

    /// <summary>A float32 is written as the double it is, so that whoever keeps doubles still has the float32.</summary>
    private static void WriteNumber(Utf8JsonWriter json, Tensor tensor, int i)
    {
        if (tensor.DType == DType.Int64)
        {
            json.WriteNumberValue(tensor.Int64[i]);
        }
        else if (double.IsFinite(tensor[i]))
        {
            json.WriteNumberValue(tensor[i]);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(tensor[i]) ? "NaN" : tensor[i] > 0 ? "inf" : "-inf");
        }
    }

    /// <summary>Little-endian, as every machine that .NET 10 runs on has them in memory.</summary>
    private static ReadOnlySpan<byte> Bytes(Tensor tensor) => tensor.DType switch
    {
        DType.Int64 => MemoryMarshal.AsBytes(tensor.Int64),
        DType.Float64 => MemoryMarshal.AsBytes(tensor.Float64),
        _ => MemoryMarshal.AsBytes(tensor.Float32),
    };

    /// <summary>Bytes that the line will hardly exceed: a large tensor is not copied again and again as its buffer grows.</summary>
    private static int Room(IReadOnlyDictionary<string, Tensor> inputs) =>
        256 + inputs.Values.Sum(t => t.Count > LargestSpelledOut ? 128 + (Bytes(t).Length / 3 * 4) : 128 + (24 * t.Count));

    private static ReadOnlyMemory<byte> Line(int room, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(room);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}

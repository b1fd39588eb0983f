using System.Globalization;
using System.Text.Json;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>Reads a golden and refuses one that was edited by hand: the one way to change it is <c>latent goldens accept</c>.</summary>
public static class GoldenReader
{
    public const string Mend = "run 'latent goldens accept' to write it from the reference";

    public static Golden Read(string text, string file, Operation operation)
    {
        var nowhere = new Position(file, 0, 0);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var checksum = root.GetProperty("checksum").GetString()!;
            if (GoldenWriter.Checksum(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace($"\"checksum\": \"{checksum}\"", "\"checksum\": \"\"", StringComparison.Ordinal)) != checksum)
            {
                throw new SpecError(nowhere, $"edited by hand: its checksum does not fit; {Mend}");
            }

            var golden = new Golden(
                root.GetProperty("operation").GetString()!,
                root.GetProperty("signature").GetString()!,
                root.GetProperty("spec_version").GetString()!,
                [.. root.GetProperty("cases").EnumerateArray().Select(Case)])
            {
                Conventions = root.TryGetProperty("conventions", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [],
            };
            return golden.Signature == operation.Signature.ToString()
                ? golden
                : throw new SpecError(nowhere, $"made for {golden.Signature}, expected {operation.Signature}; {Mend}");
        }
        catch (JsonException broken)
        {
            var position = new Position(file, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1);
            throw new SpecError(position, $"not JSON; {Mend}");
        }
        catch (Exception broken) when (broken is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new SpecError(nowhere, $"not a golden; {Mend}");
        }
    }

    private static VectorCase Case(JsonElement one)
    {
        var levels = new Dictionary<DType, Level>();
        foreach (var level in one.GetProperty("level").EnumerateObject())
        {
            levels[DTypes.TryParse(level.Name, out var dtype) ? dtype : throw new FormatException(level.Name)] =
                level.Value.GetString() == "core" ? Level.Core : Level.Strict;
        }

        var refuses = one.TryGetProperty("refuses", out _);
        return new VectorCase(
            one.GetProperty("id").GetString()!,
            one.GetProperty("about").GetString()!,
            one.GetProperty("inputs").EnumerateObject().ToDictionary(i => i.Name, i => Data(i.Value, null)),
            refuses
                ? new Dictionary<string, Tensor>()
                : one.GetProperty("outputs").EnumerateObject().ToDictionary(o => o.Name, o => Data(o.Value, Tolerance(o.Value))),
            levels,
            refuses);
    }

    private static Tensor Data(JsonElement one, Tolerance? tolerance)
    {
        var shape = one.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32()).ToArray();
        var data = one.GetProperty("data").EnumerateArray();
        return one.GetProperty("dtype").GetString() == "int64"
            ? new Tensor(shape, data.Select(d => d.GetInt64()).ToArray()) { Tolerance = tolerance }
            : new Tensor(shape, data.Select(Number).ToArray()) { Tolerance = tolerance };
    }

    private static Tolerance Tolerance(JsonElement one)
    {
        var count = one.GetProperty("data").GetArrayLength();
        return new Tolerance(Coefficients(one.GetProperty("tolerance"), count))
        {
            Careful = one.TryGetProperty("careful", out var careful) ? Coefficients(careful, count) : null,
            Alternatives = one.TryGetProperty("alternatives", out var all) ? [.. all.EnumerateArray().Select(One)] : [],
            IsChoice = one.TryGetProperty("choice", out _),
            Peak = Number(one.GetProperty("peak")),
        };
    }

    private static Alternative One(JsonElement a) => new(
        a.GetProperty("element").GetInt32(),
        Number(a.GetProperty("value")),
        Number(a.GetProperty("gap")),
        Coefficients(a.GetProperty("tolerance"), 1)[0],
        a.TryGetProperty("careful", out var careful) ? Coefficients(careful, 1)[0] : null);

    private static Coefficients[] Coefficients(JsonElement one, int count)
    {
        var (storage, accumulate, underflow) = (Column(one, "storage"), Column(one, "accumulate"), Column(one, "underflow"));
        return [.. Enumerable.Range(0, count).Select(i => new Coefficients(storage(i), accumulate(i), underflow(i)))];
    }

    private static Func<int, double> Column(JsonElement one, string name)
    {
        var column = one.GetProperty(name);
        if (column.ValueKind is not JsonValueKind.Array)
        {
            var all = Number(column);
            return _ => all;
        }

        var numbers = column.EnumerateArray().Select(Number).ToArray();
        return i => numbers[i];
    }

    private static double Number(JsonElement number) => number.ValueKind is JsonValueKind.String
        ? number.GetString() switch
        {
            "NaN" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var other => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{other}' is no number")),
        }
        : number.GetDouble();
}

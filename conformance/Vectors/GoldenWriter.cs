using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>
/// A golden as text: one line an array, so that a diff shows the number that moved. The checksum is over the text with
/// the checksum itself left empty; docs/golden.schema.json describes the rest.
/// </summary>
public static class GoldenWriter
{
    public const int Format = 1;
    public const string Method = "running error of the textbook algorithm, first order";

    public static string Write(Golden golden)
    {
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"golden\": {Format},\n");
        text.Append("  \"checksum\": \"\",\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"spec_version\": {Quoted(golden.SpecVersion)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"operation\": {Quoted(golden.Operation)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"signature\": {Quoted(golden.Signature)},\n");
        if (golden.Conventions.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"conventions\": [{string.Join(", ", golden.Conventions.Select(Quoted))}],\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  \"bound\": {Quoted(Method)},\n");
        text.Append("  \"cases\": [\n");
        text.AppendJoin(",\n", golden.Cases.Select(Case));
        text.Append("\n  ]\n}\n");
        var body = text.ToString();
        return body.Replace("\"checksum\": \"\"", $"\"checksum\": \"{Checksum(body)}\"", StringComparison.Ordinal);
    }

    public static string Checksum(string textWithoutChecksum) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(textWithoutChecksum)));

    private static string Case(VectorCase one)
    {
        var levels = string.Join(", ", one.Levels.Select(l => $"{Quoted(l.Key.WireName())}: {Quoted(l.Value == Level.Core ? "core" : "strict")}"));
        var inputs = string.Join(",\n", one.Inputs.Select(i => $"        {Quoted(i.Key)}: {Data(i.Value)}"));
        var outputs = string.Join(",\n", one.Outputs.Select(o => $"        {Quoted(o.Key)}: {Expected(o.Value)}"));
        var answer = one.Refuses ? "      \"refuses\": true" : $"      \"outputs\": {{\n{outputs}\n      }}";
        return $"    {{\n      \"id\": {Quoted(one.Id)},\n      \"about\": {Quoted(one.About)},\n      \"level\": {{{levels}}},\n"
            + $"      \"inputs\": {{\n{inputs}\n      }},\n{answer}\n    }}";
    }

    private static string Data(Tensor tensor) => $"{{{Body(tensor)}}}";

    private static string Body(Tensor tensor) =>
        $"\"dtype\": {Quoted(tensor.DType == DType.Int64 ? "int64" : "float")}, \"shape\": [{string.Join(", ", tensor.Shape.ToArray())}], "
        + $"\"data\": [{string.Join(", ", tensor.DType == DType.Int64 ? tensor.Int64.ToArray().Select(Whole) : tensor.ToDoubles().Select(Number))}]";

    private static string Expected(Tensor tensor)
    {
        var tolerance = tensor.Tolerance!;
        var parts = new List<string> { $"          {Body(tensor)}", $"          \"tolerance\": {Coefficients(tolerance.Ordinary)}" };
        if (tolerance.Careful is not null)
        {
            parts.Add($"          \"careful\": {Coefficients(tolerance.Careful)}");
        }

        if (tolerance.Alternatives.Count > 0)
        {
            parts.Add($"          \"alternatives\": [\n{string.Join(",\n", tolerance.Alternatives.Select(a => "            " + One(a)))}\n          ]");
        }

        if (tolerance.IsChoice)
        {
            parts.Add("          \"choice\": true");
        }

        parts.Add($"          \"peak\": {Rounded(tolerance.Peak)}");
        return $"{{\n{string.Join(",\n", parts)}\n        }}";
    }

    private static string One(Alternative a) =>
        $"{{\"element\": {Whole(a.Element)}, \"value\": {Number(a.Value)}, \"gap\": {Number(a.Gap)}, \"tolerance\": {Coefficients([a.Ordinary])}"
        + (a.Careful is { } careful ? $", \"careful\": {Coefficients([careful])}}}" : "}");

    private static string Coefficients(IReadOnlyList<Coefficients> all) =>
        $"{{\"storage\": {Column(all, c => c.Storage)}, \"accumulate\": {Column(all, c => c.Accumulate)}, \"underflow\": {Column(all, c => c.Underflow)}}}";

    /// <summary>One number where all are equal, else a list.</summary>
    private static string Column(IReadOnlyList<Coefficients> all, Func<Coefficients, double> part)
    {
        var numbers = all.Select(c => Rounded(part(c))).ToArray();
        return numbers.Length > 0 && numbers.All(n => n == numbers[0]) ? numbers[0] : $"[{string.Join(", ", numbers)}]";
    }

    /// <summary>Five digits, rounded up: a bound need not be exact, and its last bit should not make a diff.</summary>
    private static string Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return Number(value);
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 4);
        return (Math.Ceiling((value / unit) - 1e-6) * unit).ToString("G5", CultureInfo.InvariantCulture);
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : Quoted(double.IsNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf");

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";
}

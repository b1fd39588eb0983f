using System.Text.Json;
using System.Text.RegularExpressions;

namespace LatentConformance.Tests.House;

/// <summary>
/// As much of JSON Schema as our own schemas use. The library for it does not restore from every feed, and a keyword
/// that is not known here is an error, so that nothing goes unchecked.
/// </summary>
internal sealed class JsonSchema(JsonElement root)
{
    public static JsonSchema Of(string file) =>
        new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "docs", file))).RootElement);

    /// <summary>The first place that does not fit, or null.</summary>
    public string? Misfit(JsonElement value) => Misfit(root, value, "$");

    private string? Misfit(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Misfit(keyword, schema, value, path) is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }

    private string? Misfit(JsonProperty keyword, JsonElement schema, JsonElement value, string path) => keyword.Name switch
    {
        "$schema" or "$defs" or "title" or "description" => null,
        "$ref" => Misfit(Resolve(keyword.Value.GetString()!), value, path),
        "const" => JsonElement.DeepEquals(keyword.Value, value) ? null : $"{path} is not {keyword.Value}",
        "enum" => keyword.Value.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)) ? null : $"{path} is {value}, none of {keyword.Value}",
        "type" => HasType(keyword.Value, value) ? null : $"{path} is not of type {keyword.Value}",
        "pattern" => Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!) ? null : $"{path} does not match {keyword.Value}",
        "required" => keyword.Value.EnumerateArray().Select(r => r.GetString()!).FirstOrDefault(r => !value.TryGetProperty(r, out _)) is { } missing ? $"{path} has no {missing}" : null,
        "items" => value.EnumerateArray().Select((item, i) => Misfit(keyword.Value, item, $"{path}[{i}]")).FirstOrDefault(m => m is not null),
        "oneOf" => keyword.Value.EnumerateArray().Count(s => Misfit(s, value, path) is null) == 1 ? null : $"{path} does not fit exactly one of its forms",
        "properties" => keyword.Value.EnumerateObject().Select(p => value.TryGetProperty(p.Name, out var v) ? Misfit(p.Value, v, $"{path}.{p.Name}") : null).FirstOrDefault(m => m is not null),
        "additionalProperties" => Others(schema, value).Select(p => keyword.Value.ValueKind is JsonValueKind.False ? $"{path} has a stray {p.Name}" : Misfit(keyword.Value, p.Value, $"{path}.{p.Name}")).FirstOrDefault(m => m is not null),
        _ => throw new NotSupportedException($"the schema uses '{keyword.Name}', which this checker does not know"),
    };

    private static IEnumerable<JsonProperty> Others(JsonElement schema, JsonElement value) =>
        value.EnumerateObject().Where(p => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(p.Name, out _));

    private static bool HasType(JsonElement type, JsonElement value) => type.ValueKind is JsonValueKind.Array
        ? type.EnumerateArray().Any(t => HasType(t, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind is JsonValueKind.Object,
            "array" => value.ValueKind is JsonValueKind.Array,
            "string" => value.ValueKind is JsonValueKind.String,
            "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind is JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind is JsonValueKind.Null,
            _ => false,
        };

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (at, step) => at.GetProperty(step));
}

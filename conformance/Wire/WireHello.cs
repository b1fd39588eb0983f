using System.Text.Json;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>Who is on the other side: its first line, read.</summary>
/// <param name="Operations">The names it offers; null where it leaves that open.</param>
public sealed record WireHello(Description Description, IReadOnlyList<string>? Operations)
{
    public const int Protocol = 1;

    /// <summary>Null where the line is no hello: a banner that some library printed.</summary>
    /// <exception cref="CannotRunException">A hello that cannot be worked with; no second line will be better.</exception>
    public static WireHello? Read(ReadOnlyMemory<byte> line, Catalogue catalogue)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("protocol", out var version)
                ? Read(document.RootElement, version, catalogue)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static WireHello Read(JsonElement hello, JsonElement version, Catalogue catalogue)
    {
        if (version.ValueKind is not JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Protocol)
        {
            throw Wrong($"protocol {Plain.Text(version.GetRawText())}; this is protocol {Protocol}");
        }

        var dtype = Text(hello, "dtype", "float32");
        if (!DTypes.TryParse(dtype, out var precision) || !precision.IsFloating())
        {
            throw Wrong($"dtype '{dtype}'; it is {string.Join(" | ", DTypes.Floating.Select(d => d.WireName()))}");
        }

        var profile = hello.TryGetProperty("profile", out _) ? Profile(Text(hello, "profile", "")) : Contract.Profile.None;
        return new WireHello(
            new Description(Text(hello, "name", "unnamed"), Text(hello, "version", "0"), precision, Text(hello, "device", "cpu"))
            {
                Profile = profile == Contract.Profile.None ? null : profile.Name,
                Conventions = Conventions(hello, "conventions", profile.Conventions),
                ByOperation = ByOperation(hello, profile, catalogue),
            },
            Offered(hello));
    }

    private static Profile Profile(string name) =>
        Contract.Profile.Known.FirstOrDefault(p => p.Name == name)
        ?? throw Wrong($"profile '{name}'{Nearest.Hint(name, Contract.Profile.Known.Select(p => p.Name))}; there are {string.Join(", ", Contract.Profile.Known.Select(p => p.Name))}");

    private static Dictionary<string, Conventions> ByOperation(JsonElement hello, Profile profile, Catalogue catalogue)
    {
        var all = profile.ByOperation.ToDictionary(c => c.Key, c => c.Value);
        if (hello.TryGetProperty("by_operation", out var given) && given.ValueKind is JsonValueKind.Object)
        {
            foreach (var one in given.EnumerateObject())
            {
                var operation = catalogue.Find(one.Name) ?? throw Wrong($"conventions for '{Plain.Text(one.Name)}', which is no operation{Nearest.Hint(one.Name, catalogue.Operations.Select(o => o.Name))}");
                var general = Conventions(hello, "conventions", profile.Conventions);
                all[operation.Name] = Conventions(given, one.Name, profile.ByOperation.GetValueOrDefault(operation.Name) ?? general);
            }
        }

        return all;
    }

    private static Conventions Conventions(JsonElement parent, string key, Conventions basis)
    {
        if (!parent.TryGetProperty(key, out var given) || given.ValueKind is JsonValueKind.Null)
        {
            return basis;
        }

        if (given.ValueKind is not JsonValueKind.Object)
        {
            throw Wrong($"{Plain.Text(key)} that is no object; expected {{\"reduce\": \"mean\"}} or the like");
        }

        try
        {
            return given.EnumerateObject().Aggregate(basis, (all, one) =>
                all.With(one.Name, one.Value.ValueKind is JsonValueKind.String ? one.Value.GetString()! : one.Value.GetRawText()));
        }
        catch (ArgumentException unknown)
        {
            throw Wrong(Plain.Text(unknown.Message));
        }
    }

    private static string[]? Offered(JsonElement hello)
    {
        if (!hello.TryGetProperty("operations", out var names) || names.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return names.ValueKind is JsonValueKind.Array && names.EnumerateArray().All(n => n.ValueKind is JsonValueKind.String)
            ? [.. names.EnumerateArray().Select(n => n.GetString()!)]
            : throw Wrong("operations that are no list of names");
    }

    private static string Text(JsonElement hello, string key, string otherwise) =>
        hello.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.String ? Plain.Text(value.GetString()!) : otherwise;

    private static CannotRunException Wrong(string what) => new($"its hello has {what}");
}

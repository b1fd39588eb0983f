using LatentConformance.Conformance;
using LatentConformance.Lessons.Recognising.Tables;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LatentConformance.Lessons.Checking;

/// <summary>
/// Reads latent.yml: `columns:` (head: meaning), `accept:` (a list of file, printed, reason), `files:` and `skip:` (globs). Whatever is
/// not understood is an error with its line: a setting that does nothing is worse than none.
/// </summary>
public static class SettingsReader
{
    /// <exception cref="SpecError">It is no YAML, or says what we do not know.</exception>
    public static Settings Read(string text, string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException wrong)
        {
            throw new SpecError(new Position(file, (int)wrong.Start.Line, (int)wrong.Start.Column), $"is not YAML: {wrong.Message}");
        }

        if (stream.Documents.Count == 0)
        {
            return Settings.None;
        }

        var settings = Settings.None;
        foreach (var (key, value) in Map(stream.Documents[0].RootNode, file))
        {
            settings = key.Value switch
            {
                "columns" => settings with { Columns = Map(value, file).ToDictionary(p => p.Key.Value!, p => Meaning(p.Value, file)) },
                "accept" => settings with { Accept = [.. List(value, file).Select(n => Accepted(n, file))] },
                "files" => settings with { Files = [.. List(value, file).Select(n => Text(n, file))] },
                "skip" => settings with { Skip = [.. List(value, file).Select(n => Text(n, file))] },
                _ => throw Wrong(key, file, $"no setting '{key.Value}'{Nearest.Hint(key.Value ?? "", ["columns", "accept", "files", "skip"])}; there are columns, accept, files, skip"),
            };
        }

        return settings;
    }

    private static Column Meaning(YamlNode node, string file)
    {
        var name = Text(node, file);
        return Columns.Known.TryGetValue(name, out var column)
            ? column
            : throw Wrong(node, file, $"no meaning '{name}'{Nearest.Hint(name, Columns.Known.Keys)}; there are {string.Join(", ", Columns.Known.Keys)}");
    }

    private static Accepted Accepted(YamlNode node, string file)
    {
        var fields = Map(node, file).ToDictionary(p => p.Key.Value!, p => Text(p.Value, file));
        if (fields.Keys.FirstOrDefault(k => k is not ("file" or "printed" or "reason")) is { } stranger)
        {
            throw Wrong(node, file, $"no key '{stranger}' in accept; there are file, printed, reason");
        }

        return fields.TryGetValue("printed", out var printed) && fields.TryGetValue("reason", out var reason) && reason.Length > 0
            ? new Accepted(fields.GetValueOrDefault("file", ""), printed, reason)
            : throw Wrong(node, file, "an accepted finding has 'printed:', what stands there, and a 'reason:'");
    }

    private static IEnumerable<(YamlScalarNode Key, YamlNode Value)> Map(YamlNode node, string file) => node is YamlMappingNode map
        ? map.Children.Select(c => (c.Key as YamlScalarNode ?? throw Wrong(c.Key, file, "expected a name"), c.Value))
        : node is YamlScalarNode { Value: null or "" } ? [] : throw Wrong(node, file, "expected 'name: value'");

    private static IEnumerable<YamlNode> List(YamlNode node, string file) => node is YamlSequenceNode list ? list.Children : throw Wrong(node, file, "expected a list, a line each, with '- '");

    private static string Text(YamlNode node, string file) => (node as YamlScalarNode)?.Value ?? throw Wrong(node, file, "expected a text");

    private static SpecError Wrong(YamlNode node, string file, string message) => new(new Position(file, (int)node.Start.Line, (int)node.Start.Column), message);
}

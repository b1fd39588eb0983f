namespace LatentConformance.Conformance;

/// <summary>Where in a text: a file as the user knows it, line and column from one. Line zero means the file as a whole.</summary>
public readonly record struct Position(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}

/// <summary>
/// Something a person wrote is wrong: a claim, an inputs file, a golden, an argument. One line, with what was expected.
/// </summary>
public sealed class SpecError(Position position, string message) : Exception($"{position}: {Plain(message)}")
{
    public Position Position { get; } = position;

    /// <summary>What is quoted from a text may hold anything; a message is one line and drives no terminal.</summary>
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}

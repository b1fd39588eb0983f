namespace LatentConformance.Lessons.Reading;

/// <summary>A piece of a page that is read by itself.</summary>
public abstract record Block;

/// <summary>A paragraph, a heading, an item of a list: running text.</summary>
public sealed record Prose(Flat Text) : Block;

/// <summary>A listing, or what looks like one in plain text; lines are parted by \n.</summary>
/// <param name="Language">What the fence or the class says, in small letters; "" where nothing does.</param>
public sealed record Code(Flat Text, string Language) : Block;

/// <summary>A table with its head; a row may have fewer cells than the head, or more.</summary>
public sealed record Table(IReadOnlyList<Flat> Head, IReadOnlyList<IReadOnlyList<Flat>> Rows) : Block;

/// <summary>A fenced block of the language "claim": what the author declares, as it is written.</summary>
/// <param name="Offset">Where its fence begins in the file.</param>
public sealed record ClaimBlock(Flat Text, int Offset) : Block;

namespace LatentConformance.Lessons.Reading;

/// <summary>A file that cannot be read as what its name says, in one line that goes on after the file's name: "is binary".</summary>
public sealed class UnreadableException(string message) : Exception(message);

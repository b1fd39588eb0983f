using LatentConformance.Lessons.Recognising;

namespace LatentConformance.Lessons.Checking;

/// <summary>One thing that is wrong on a page, where it stands, and what follows from it.</summary>
public sealed record Finding(string Path, int Line, int Column, int Offset, string Rule, Fault Fault)
{
    public IReadOnlyList<Finding> Consequences { get; init; } = [];

    public bool IsWrong => Fault.Severity != Severity.Note;
}

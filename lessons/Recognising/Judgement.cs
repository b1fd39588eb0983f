using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising;

/// <summary>How bad it is.</summary>
public enum Severity
{
    /// <summary>A number that does not follow.</summary>
    Wrong,

    /// <summary>What is said of a number does not follow: a share, a comparison, a kind of ratio.</summary>
    Conclusion,

    /// <summary>Right only because something was rounded, or cut off where it should be rounded.</summary>
    Note,
}

/// <summary>What is wrong with one printed thing.</summary>
/// <param name="Printed">As it stands there.</param>
/// <param name="Right">What should stand there.</param>
/// <param name="Formula">Where the right one comes from, short.</param>
/// <param name="Correction">A sentence that the author can paste.</param>
/// <param name="Claim">The claim of the spec that shows it, where one does.</param>
public sealed record Fault(Severity Severity, string Printed, string Right, string Formula, string Correction, string? Claim = null);

/// <summary>One printed thing that could be recomputed.</summary>
/// <param name="Text">The text in which it stands.</param>
/// <param name="At">Its place there.</param>
/// <param name="Uses">The other numbers that took part, by place and length in the same text.</param>
/// <param name="Fault">Null where it is right.</param>
public sealed record Judgement(Flat Text, int At, int Length, IReadOnlyList<(int At, int Length)> Uses, Fault? Fault)
{
    /// <summary>What follows from it: judged right by what is printed, and wrong because of it.</summary>
    public Judgement? Root { get; init; }

    /// <summary>What it comes to, unrounded, where that is one number.</summary>
    public double? Value { get; init; }

    /// <summary>The rule that judged it, as `--format json` names it.</summary>
    public string Rule { get; init; } = "";
}

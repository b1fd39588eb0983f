namespace LatentConformance.Gate.Deciding;

public enum Verdict
{
    /// <summary>The interval leaves more than one possible.</summary>
    Undecided,
    Faster,
    Same,
    Slower,

    /// <summary>It does not answer what the reference answers; nothing was timed.</summary>
    Wrong,
}

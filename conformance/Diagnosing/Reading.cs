namespace LatentConformance.Conformance.Diagnosing;

/// <summary>A way to get every value of an output, in every case, from the right ones.</summary>
/// <param name="Text">Ends the sentence that begins "your loss is".</param>
/// <param name="Complexity">The simplest reading is told; where two are equally simple, neither is.</param>
/// <param name="Remark">What follows from it, where something does.</param>
internal sealed record Reading(string Text, int Complexity, string? Remark = null);

/// <summary>A kind of reading: each answers with all of its kind that hold, exact to rounding, and with none rather than a guess.</summary>
internal interface IReader
{
    IEnumerable<Reading> Read(Output output);
}

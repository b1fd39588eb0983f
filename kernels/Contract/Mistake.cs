namespace LatentConformance.Contract;

/// <summary>
/// A well-known wrong version, as data: what it answers in place of which operation, what one sees, and what mends it.
/// </summary>
/// <param name="Id">The row of the catalogue of mistakes, as KL12.</param>
/// <param name="Name">A slug that says it: half-missing.</param>
/// <param name="Answer">The wrong outputs for the operation's inputs; outputs it leaves out are right.</param>
/// <param name="Source">The issue or commit where it was really made, where one is known.</param>
public sealed record Mistake(
    string Id,
    string Name,
    string Operation,
    string Symptom,
    string Mend,
    Func<IReadOnlyDictionary<string, Tensor>, IReadOnlyDictionary<string, Tensor>> Answer,
    string? Source = null);

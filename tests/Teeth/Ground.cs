using System.Runtime.CompilerServices;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using LatentConformance.Reference;

namespace LatentConformance.Tests.Teeth;

/// <summary>What every test of the teeth stands on: the goldens of the checkout, no claims, all mistakes.</summary>
internal static class Ground
{
    private const ulong Seed = 1;

    public static string Folder { get; } = Here();

    public static IReadOnlyDictionary<string, Golden> Goldens { get; } = Catalogue.Standard.Operations.ToDictionary(o => o.Name, Read);

    private static Verification Verification { get; } = new(new Grounds(
        Catalogue.Standard,
        new Oracle((conventions, choice) => new ReferenceKernels(conventions, choice)),
        SpecBook.Read([], Catalogue.Standard),
        Goldens,
        KnownMistakes.All,
        "0.1"));

    /// <summary>The verdicts on the cases of some operations, or of all.</summary>
    public static IReadOnlyList<Result> Verify(IAnswerer implementation, params string[] operations) =>
        Verification.Run(implementation, new Selection(Operations: operations), Seed).Results;

    public static bool IsBad(this Result result) => result.Outcome is Outcome.Fail or Outcome.Error;

    private static Golden Read(Operation operation)
    {
        var file = Path.Combine(Folder, "..", "..", "goldens", $"{operation.Name}.verified.json");
        return GoldenReader.Read(File.ReadAllText(file), file, operation);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

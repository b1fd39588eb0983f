using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth;

/// <summary>What every test of the teeth stands on: the goldens of the checkout, no claims, all mistakes.</summary>
internal static class Ground
{
    private const ulong Seed = 1;
    private static readonly Lazy<IReadOnlyDictionary<string, Bites>> LazyMatrix =
        new(() => Bites.OfAll(Checkout.Grounds()).ToDictionary(b => b.Mistake.Name));

    public static IReadOnlyDictionary<string, Golden> Goldens => Checkout.Goldens;

    private static Verification Verification { get; } = new(Checkout.Grounds(SpecBook.Read([], Catalogue.Standard)));

    /// <summary>The verdicts on the cases of some operations, or of all.</summary>
    public static IReadOnlyList<Result> Verify(IAnswerer implementation, params string[] operations) =>
        Verification.Run(implementation, new Selection(Operations: operations), Seed).Results;

    /// <summary>The matrix, computed once and only for a run that asks for it.</summary>
    public static IReadOnlyDictionary<string, Bites> Matrix => LazyMatrix.Value;

    public static bool IsBad(this Result result) => result.Outcome is Outcome.Fail or Outcome.Error;
}

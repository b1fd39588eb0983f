using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>A script of this folder as an implementation, and one easy question to it.</summary>
internal static class AdapterScript
{
    /// <summary>Importing PyTorch on a busy machine takes its time.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly Verification Verification = new(Checkout.Grounds(SpecBook.Read([], Catalogue.Standard)));

    public static Foreign Start(string python, string script) =>
        Foreign.Start([python, Path.Combine(Checkout.Root, "tests", "Adapters", script)], Timeout, Catalogue.Standard, "0.1");

    /// <summary>The verdicts on the cases of some operations that are not as they should be.</summary>
    public static IEnumerable<string> Bad(Foreign foreign, params string[] operations)
    {
        var results = Verification.Run(foreign, new Selection(Operations: operations), 1).Results;
        Assert.That(results.Count(r => r.Outcome == Outcome.Pass), Is.GreaterThan(2));
        return results.Where(r => !r.Strict && (r.Outcome is Outcome.Fail or Outcome.Error)).Select(r => $"{r.Id}: {r.Message}");
    }

    public static Answer Ask(Foreign foreign, string operation)
    {
        var easy = Checkout.Goldens[operation].Cases.First(c =>
            !c.Refuses && c.Levels.TryGetValue(DType.Float32, out var level) && level == Level.Core && c.Inputs.Values.All(t => t.Count > 0));
        return foreign.Ask(
            Catalogue.Standard.Find(operation)!,
            easy.Inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(DType.Float32)));
    }
}

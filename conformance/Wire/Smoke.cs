using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>One thing that the protocol asks of an adapter, and whether it held.</summary>
public sealed record Manner(string What, bool Held, string? Why = null);

/// <summary>Whether an adapter speaks the protocol, before it matters whether its values are right.</summary>
public static class Smoke
{
    private const int Operations = 3;

    public static IEnumerable<Manner> Run(Foreign adapter, Catalogue catalogue, IReadOnlyDictionary<string, Golden> goldens)
    {
        var who = adapter.Description;
        yield return new Manner($"says hello: {who.Name} {who.Version}, {who.DType.WireName()} on {who.Device}", true);
        yield return new Manner("offers operations that exist", adapter.Unknown.Count == 0, Unknown(adapter, catalogue));

        var easy = Easiest(adapter, catalogue, goldens).ToArray();
        yield return new Manner("offers something to ask", easy.Length > 0, easy.Length > 0 ? null : "no operation of its hello has a case in its dtype");
        foreach (var (operation, one) in easy)
        {
            var inputs = one.Inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(who.DType));
            var first = adapter.Ask(operation, inputs);
            yield return new Manner($"answers {operation.Name}", first is Answered or Declined, Why(first));
            if (first is Answered answered)
            {
                var again = adapter.Ask(operation, inputs);
                var same = again is Answered second && answered.Outputs.All(o => second.Outputs.TryGetValue(o.Key, out var o2) && o2.Identical(o.Value));
                yield return new Manner($"answers {operation.Name} the same twice", same, same ? null : Why(again) ?? "the answers differ");
            }
        }

        var stray = adapter.StrayLine();
        yield return new Manner("writes one line an answer", stray is null, stray);
        var leaves = adapter.Leaves();
        yield return new Manner("leaves when its stdin is closed", leaves, leaves ? null : "it was still there two seconds later");
    }

    /// <summary>The operations with the fewest numbers to send, their smallest case each.</summary>
    private static IEnumerable<(Operation Operation, VectorCase Case)> Easiest(Foreign adapter, Catalogue catalogue, IReadOnlyDictionary<string, Golden> goldens) =>
        catalogue.Operations
            .Where(o => adapter.Offers(o) && goldens.ContainsKey(o.Name))
            .Select(o => (Operation: o, Case: goldens[o.Name].Cases.Where(c => Suits(c, adapter)).MinBy(Size)))
            .Where(o => o.Case is not null)
            .OrderBy(o => Size(o.Case!))
            .ThenBy(o => o.Operation.Name, StringComparer.Ordinal)
            .Take(Operations)
            .Select(o => (o.Operation, o.Case!));

    /// <summary>Empty inputs and NaN are no easy question.</summary>
    private static bool Suits(VectorCase one, Foreign adapter) =>
        !one.Refuses
        && one.Levels.TryGetValue(adapter.Description.DType, out var level)
        && level == Level.Core
        && one.Inputs.Values.All(t => t.Count > 0 && t.ToDoubles().All(double.IsFinite));

    private static int Size(VectorCase one) => one.Inputs.Values.Sum(t => t.Count);

    private static string? Unknown(Foreign adapter, Catalogue catalogue) => adapter.Unknown.Count == 0
        ? null
        : $"'{Plain.Text(adapter.Unknown[0])}' is none{Nearest.Hint(adapter.Unknown[0], catalogue.Operations.Select(o => o.Name))}";

    private static string? Why(Answer answer) => answer switch
    {
        Answered or Declined => null,
        Raised raised => raised.Message,
        Broken broken => broken.Message,
        Refused refused => refused.Message,
        _ => "unsupported",
    };
}

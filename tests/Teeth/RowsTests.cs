using LatentConformance.Conformance.Running;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>Every row of the catalogue of real mistakes, accounted for: caught and by what, or told in another way and how.</summary>
public class RowsTests
{
    /// <summary>Rows that no wrong version of an operation can express, and what tells them instead.</summary>
    private static readonly Dictionary<string, string> Otherwise = new()
    {
        ["NU08"] = "manners: an input that comes back modified fails its case (MannersTests)",
        ["VL01"] = "variant: the declared convention beta: legacy; undeclared, the verdict names it (CommandTests, ConventionsTests)",
    };

    private static readonly (string Id, string Mark)[] Rows = [.. File.ReadAllLines(Path.Combine(Checkout.Root, "tests", "Teeth", "rows.txt"))
        .Where(l => !l.StartsWith('#'))
        .Select(l => (l[..4], l[4..].Trim()))];

    private static readonly ILookup<string, Bites> ById = Ground.Matrix.Values.ToLookup(b => b.Mistake.Id);

    [Test]
    public void Rows_All_AreAccountedFor()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Rows.Select(r => r.Id), Is.Unique.And.Exactly(276).Items);
            Assert.That(Rows.Where(r => !ById[r.Id].Any() && !Otherwise.ContainsKey(r.Id)), Is.Empty);
            Assert.That(Otherwise.Keys.Where(r => ById[r].Any()), Is.Empty, "caught after all");
        });
    }

    [Test]
    public void Rows_AtLeastNinetyFiveInAHundred_AreCaught() =>
        Assert.That(Rows.Count(r => Caught(r.Id)), Is.GreaterThanOrEqualTo(0.95 * Rows.Length));

    [Test]
    public void Rows_TheirStanding_IsAGolden()
    {
        var core = Rows.Count(r => Caught(r.Id) && !OnlyStrict(r.Id));
        var strict = Rows.Count(r => Caught(r.Id) && OnlyStrict(r.Id));
        var lines = Rows.Select(r => $"{r.Id}  {Standing(r.Id),-6}  {How(r.Id)}{(r.Mark.Length == 0 ? "" : $"  [{r.Mark}]")}");
        var head = $"{Rows.Length} rows: {core} caught by core cases, {strict} by strict cases only, {Otherwise.Count} told otherwise; "
            + $"{Rows.Count(r => r.Mark.Length > 0)} that the catalogue's head marks are among them, with its mark in brackets";
        TextGolden.Holds("rows.txt", string.Join('\n', lines.Prepend(head)) + "\n");
    }

    private static bool Caught(string id) => ById[id].Any(b => b.Everywhere);

    private static bool OnlyStrict(string id) => ById[id].Where(b => b.Everywhere).All(b => b.OnlyStrict);

    private static string Standing(string id) => !Caught(id) ? "told" : OnlyStrict(id) ? "strict" : "core";

    private static string How(string id) => Otherwise.TryGetValue(id, out var how)
        ? how
        : string.Join(", ", ById[id].Select(b => $"{b.Mistake.Operation} {b.Mistake.Name}").Order(StringComparer.Ordinal));
}

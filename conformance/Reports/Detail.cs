using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Reports;

/// <summary>
/// One case with everything in it: inputs, expected, got, the bound and how much of it was used, with the sentences that
/// people know from torch.testing.assert_close.
/// </summary>
public static class Detail
{
    private const int ShownElements = 12;
    private const int ShownRows = 20;

    public static string Of(Asked asked, Precision precision)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{asked.Case.Id}: {asked.Case.About}\n  {asked.Operation.Signature}\n");
        foreach (var (name, tensor) in asked.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name} = {Literal(tensor)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"outcome: {Names.Of(asked.Outcome)}{(asked.Strict ? ", strict" : "")}{(asked.Finding.Why is null ? "" : $": {asked.Finding.Why}")}\n");
        if (asked.Case.Refuses)
        {
            text.Append("expected: a refusal\n");
        }

        foreach (var field in asked.Operation.Outputs.Where(f => asked.Expected.ContainsKey(f.Name)))
        {
            Append(text, field.Name, asked.Expected[field.Name], asked.Given?.GetValueOrDefault(field.Name), precision, asked.Strict);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, Tensor expected, Tensor? given, Precision precision, bool strict)
    {
        if (given is null || given.Count != expected.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name}: expected {Literal(expected)}\n{name}: got {(given is null ? "nothing" : Literal(given))}\n");
            return;
        }

        var rows = Enumerable.Range(0, expected.Count).Select(i => Row.Of(expected, given, i, precision, strict)).ToArray();
        var off = rows.Where(r => !(r.Used <= 1)).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"\n{name} {Tensor.Show(expected.Shape)}: {(off.Length == 0 ? "Tensor-likes are close." : "Tensor-likes are not close!")}\n");
        if (rows.Length == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"Mismatched elements: {off.Length} / {rows.Length} ({100.0 * off.Length / rows.Length:0.0}%)\n");
        var absolute = rows.MaxBy(r => r.Difference)!;
        var relative = rows.MaxBy(r => r.Relative)!;
        text.Append(CultureInfo.InvariantCulture, $"Greatest absolute difference: {Number(absolute.Difference)} at index {Index(expected, absolute.Element)} (up to {Number(absolute.Allowed)} allowed)\n");
        text.Append(CultureInfo.InvariantCulture, $"Greatest relative difference: {Number(relative.Relative)} at index {Index(expected, relative.Element)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {"index",-12} {"expected",16} {"got",16} {"bound",12} {"used",10}\n");
        foreach (var row in rows.OrderBy(r => r.Used <= 1).ThenBy(r => r.Element).Take(ShownRows))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Index(expected, row.Element),-12} {Number(expected[row.Element]),16} {Number(given[row.Element]),16} {Number(row.Allowed),12} {Share(row.Used),10}\n");
        }

        if (rows.Length > ShownRows)
        {
            text.Append(CultureInfo.InvariantCulture, $"  … {rows.Length} in all; wrong ones first\n");
        }
    }

    /// <summary>As it is typed into Python or C#: nested lists.</summary>
    private static string Literal(Tensor tensor)
    {
        if (tensor.Count > ShownElements * 4)
        {
            return $"{tensor}, {Number(tensor[0])} … {Number(tensor[tensor.Count - 1])}";
        }

        return Nested(tensor, 0, 0, tensor.Count) + (tensor.Count == 0 ? $"  # shape {Tensor.Show(tensor.Shape)}" : "");
    }

    private static string Nested(Tensor tensor, int axis, int start, int count)
    {
        if (axis == tensor.Rank)
        {
            return Number(tensor[start]);
        }

        var each = tensor.Shape[axis] == 0 ? 0 : count / tensor.Shape[axis];
        return $"[{string.Join(", ", Enumerable.Range(0, tensor.Shape[axis]).Select(i => Nested(tensor, axis + 1, start + (i * each), each)))}]";
    }

    private static string Index(Tensor tensor, int flat)
    {
        var index = new int[tensor.Rank];
        for (var axis = tensor.Rank - 1; axis >= 0; axis--)
        {
            index[axis] = flat % tensor.Shape[axis];
            flat /= tensor.Shape[axis];
        }

        return $"({string.Join(", ", index)}{(index.Length == 1 ? "," : "")})";
    }

    private static string Share(double used) =>
        double.IsFinite(used) ? used < 1e4 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(used * 100)} %") : $"{Number(used)} x" : "-";

    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private sealed record Row(int Element, double Difference, double Relative, double Allowed, double Used)
    {
        public static Row Of(Tensor expected, Tensor given, int i, Precision precision, bool strict)
        {
            var tolerance = expected.Tolerance ?? Tolerance.Exact(expected.Count);
            var allowed = tolerance.Allowed(i, precision, strict);
            var legal = tolerance.Alternatives.Where(a => a.Element == i && Tolerance.IsLegal(a, precision, strict)).Select(a => a.Value).Append(expected[i]);
            var nearest = legal.MinBy(v => v.Equals(given[i]) ? -1 : Math.Abs(v - given[i]));
            var difference = nearest.Equals(given[i]) ? 0 : Math.Abs(nearest - given[i]);
            return new Row(i, difference, difference == 0 ? 0 : difference / Math.Abs(nearest), allowed, difference == 0 ? 0 : difference / allowed);
        }
    }
}

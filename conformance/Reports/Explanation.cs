using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Reports;

/// <summary>Everything known about one thing, for a person.</summary>
public static class Explanation
{
    private const int ShownElements = 12;

    /// <param name="evaluated">Each statement with what it came to on the reference.</param>
    public static string OfClaim(Claim claim, Result onReference, IEnumerable<(Statement Statement, Compared Compared)> evaluated, string where = "on the reference")
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{claim.Id}: {claim.Says}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {claim.Source}; {claim.Position}\n");
        text.Append(CultureInfo.InvariantCulture, $"  verdict: {ClaimReader.WireName(claim.Verdict)}\n");
        Line("also", claim.Also.Count == 0 ? null : string.Join(", ", claim.Also));
        Line("correction", claim.Correction);
        Line("reason", claim.Reason);
        Line("calls", claim.Operations.Count == 0 ? null : string.Join(", ", claim.Operations));
        foreach (var (statement, compared) in evaluated)
        {
            Line(statement.Refuted ? "refute" : "check", string.Join(' ', statement.Check.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            var more = compared.Elements > 1 ? string.Create(CultureInfo.InvariantCulture, $", the first of {compared.Elements} comparisons") : "";
            Line("  evaluates to", compared.First is { } first ? $"{Number(first.Left)} and {Number(first.Right)}{more}" : null);
        }

        Line(where, $"{Names.Of(onReference.Outcome)}, {onReference.Comparisons} comparisons{(onReference.Message is null ? "" : $"; {onReference.Message}")}");
        return text.ToString();

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {name}: {value}\n");
            }
        }
    }

    public static string OfOperation(Operation operation, Grounds grounds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{operation.Signature}\n");
        text.Append(CultureInfo.InvariantCulture, $"  family: {operation.Family}\n");
        text.Append(CultureInfo.InvariantCulture, $"  gradient: {operation.Gradient?.Name ?? "none"}\n");
        foreach (var convention in operation.Honours)
        {
            text.Append(CultureInfo.InvariantCulture, $"  convention {convention}: {string.Join(" | ", Conventions.Known[convention])}\n");
        }

        Bound(text);
        foreach (var one in grounds.Goldens[operation.Name].Cases)
        {
            var levels = string.Join(", ", one.Levels.Select(l => l.Key.WireName() + (l.Value == Level.Strict ? " (strict)" : "")));
            text.Append(CultureInfo.InvariantCulture, $"  vector {one.Id}: {one.About} [{levels}]{Largest(one)}\n");
        }

        foreach (var claim in grounds.Spec.Claims.Where(c => c.Operations.Contains(operation.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  claim {claim.Id}: {claim.Says}\n");
        }

        foreach (var mistake in grounds.Mistakes.Where(m => m.Operation == operation.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"  mistake {mistake.Name} ({mistake.Id}): {mistake.Symptom}\n");
        }

        return text.ToString();
    }

    /// <summary>The derivation of a tolerance, and the numbers that it needs in each dtype.</summary>
    private static void Bound(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"  allowed: storage u + accumulate u' + underflow t, and the same for the float64 reference; {GoldenWriter.Method}\n");
        foreach (var precision in DTypes.Floating.Select(Precision.Of))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {precision.DType.WireName()}: u = {Number(precision.Storage)}, u' = {Number(precision.Accumulate)}, t = {Number(precision.Tiny)}\n");
        }
    }

    private static string Largest(VectorCase one)
    {
        var all = one.Outputs.Values.SelectMany(o => o.Tolerance!.Ordinary).ToArray();
        return all.Length == 0 ? "" : $"; storage up to {Number(all.Max(c => c.Storage))}, accumulate up to {Number(all.Max(c => c.Accumulate))}";
    }

    public static string OfCase(VectorCase one, Operation operation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{one.Id}: {one.About}\n  {operation.Signature}\n");
        foreach (var (name, tensor) in one.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name} {Tensor.Show(tensor.Shape)}: {Some(tensor, i => Number(tensor[i]))}\n");
        }

        if (one.Refuses)
        {
            text.Append("  expected: a refusal\n");
        }

        foreach (var (name, tensor) in one.Outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  expected {name} {Tensor.Show(tensor.Shape)}: {Some(tensor, i => Number(tensor[i]))}\n");
            foreach (var (dtype, level) in one.Levels)
            {
                var precision = Precision.Of(dtype);
                var bounds = Some(tensor, i => Number(tensor.Tolerance!.Allowed(i, precision, level == Level.Strict)));
                text.Append(CultureInfo.InvariantCulture, $"    within, in {dtype.WireName()}{(level == Level.Strict ? " (strict)" : "")}: {bounds}\n");
            }
        }

        return text.ToString();
    }

    private static string Some(Tensor tensor, Func<int, string> element)
    {
        var shown = Enumerable.Range(0, Math.Min(tensor.Count, ShownElements)).Select(element);
        return string.Join(", ", shown) + (tensor.Count > ShownElements ? $", … {tensor.Count} in all" : "");
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

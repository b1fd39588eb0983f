using System.Globalization;
using LatentConformance.Gate.Deciding;

namespace LatentConformance.Gate.Reports;

/// <summary>Verdicts and figures as all reports write them.</summary>
internal static class Words
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Faster => "faster",
        Verdict.Same => "same",
        Verdict.Slower => "slower",
        Verdict.Wrong => "wrong",
        _ => "undecided",
    };

    public static string Of(AllocationVerdict verdict) => verdict switch
    {
        AllocationVerdict.More => "more",
        AllocationVerdict.Less => "less",
        _ => "same",
    };

    /// <summary>+3.1 % for a logarithm of 0.0305; a factor where a percentage would be hard to read.</summary>
    public static string Change(double log)
    {
        var factor = Math.Exp(log);
        return double.IsInfinity(log) || double.IsNaN(log) ? "?"
            : factor >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{factor:0.#} x")
            : factor <= 0.5 ? string.Create(CultureInfo.InvariantCulture, $"1/{1 / factor:0.#} x")
            : string.Create(CultureInfo.InvariantCulture, $"{100 * (factor - 1):+0.0;-0.0;0.0} %");
    }

    public static string Interval(OperationVerdict one) =>
        one.Interval is { } interval ? $"[{Change(interval.Low)}, {Change(interval.High)}]" : "";

    public static string Time(double seconds) => seconds switch
    {
        <= 0 => "",
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.#} us"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.##} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.##} s"),
    };

    public static string Bytes(OperationVerdict one) => one.Allocation is not { } allocation ? ""
        : allocation.Candidate == allocation.Baseline ? string.Create(CultureInfo.InvariantCulture, $"{allocation.Candidate} B")
        : string.Create(CultureInfo.InvariantCulture, $"{Of(allocation.Verdict)}: {allocation.Candidate} B, was {allocation.Baseline} B");

    public static string Counts(GateReport report) => string.Join(", ", report.Operations
        .GroupBy(o => o.Verdict).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {Of(g.Key)}")
        .Concat(report.Operations.Any(o => o.AllocatesTooMuch) ? [$"{report.Operations.Count(o => o.AllocatesTooMuch)} allocate more"] : Array.Empty<string>()));

    /// <summary>Where it is not the span kernels that were timed, or not the whole workload.</summary>
    public static IEnumerable<string> Notes(GateReport report)
    {
        foreach (var one in report.Operations.Where(o => o.Timed.Candidate.Contains(',', StringComparison.Ordinal) || o.Timed.Baseline.Contains(',', StringComparison.Ordinal)))
        {
            yield return $"{one.Operation}: {one.Timed.Candidate} against {one.Timed.Baseline}, on {one.Workload}";
        }

        foreach (var group in report.Left.GroupBy(l => l.Has))
        {
            yield return $"only {group.Key} has {string.Join(", ", group.Select(l => l.Operation))}";
        }
    }
}

using LatentConformance.Conformance.Running;

namespace LatentConformance.Conformance.Reports;

/// <summary>What the enumerations are called in every report.</summary>
internal static class Names
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Fail => "fail",
        Outcome.Error => "error",
        Outcome.Unsupported => "unsupported",
        Outcome.ExpectedFailure => "expected-failure",
        _ => "skipped",
    };

    public static Outcome OutcomeOf(string name) => Enum.GetValues<Outcome>().First(o => Of(o) == name);

    public static ResultKind KindOf(string name) => Enum.GetValues<ResultKind>().First(k => Of(k) == name);

    public static string Of(ResultKind kind) => kind switch
    {
        ResultKind.Vector => "vector",
        ResultKind.Claim => "claim",
        _ => "manners",
    };
}

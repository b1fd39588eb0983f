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
        _ => "skipped",
    };

    public static string Of(ResultKind kind) => kind switch
    {
        ResultKind.Vector => "vector",
        ResultKind.Claim => "claim",
        _ => "manners",
    };
}

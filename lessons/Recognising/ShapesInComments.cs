using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.CodeComments;

namespace LatentConformance.Lessons.Recognising;

/// <summary>Shapes and ranges that stand in comments, where the listing decides them.</summary>
internal static class ShapesInComments
{
    public static IEnumerable<Judgement> In(Code code) => ShapeComments.In(code).Select(c => new Judgement(
        code.Text,
        c.At,
        c.Length,
        [],
        c.Finding is { } wrong ? new Fault(Severity.Wrong, wrong.Printed, wrong.Right, "", $"{wrong.Right}, not {wrong.Printed}: {wrong.Why.TrimEnd('.')}.") : null)
    {
        Rule = "comment",
    });
}

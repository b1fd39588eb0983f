using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>Two routes agree within what the roundings of both allow, and that is never much.</summary>
internal static class Agreement
{
    /// <summary>A disagreement of this part of the answer is seen whatever the bounds say: a wrong factor or sign is far larger.</summary>
    public static readonly double Seen = Math.ScaleB(1, -20);

    public static void Of(Tensor reference, params IReadOnlyList<Estimate> second)
    {
        Assert.That(reference.Count, Is.EqualTo(second.Count));
        for (var i = 0; i < second.Count; i++)
        {
            Within(reference[i], second[i], reference.Tolerance!.Allowed(i, Precision.Of(DType.Float64), strict: false), $"element {i}");
        }
    }

    public static void Exactly(Tensor reference, params IReadOnlyList<double> second) =>
        Assert.That(reference.ToDoubles(), Is.EqualTo(second));

    public static void Within(double reference, Estimate second, double own, string where)
    {
        var allowed = own + second.Error;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reference, Is.EqualTo(second.Value).Within(allowed), where);
            Assert.That(allowed, Is.LessThanOrEqualTo(Seen * (1 + Math.Abs(second.Value))), $"{where}: too lenient to say anything");
        }
    }
}

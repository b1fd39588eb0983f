using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class FsqTests
{
    /// <summary>Two levels and three, even and odd, powers of two and not.</summary>
    private static readonly Tensor Levels = Tensors.Whole(2, 3, 4, 5, 7, 8, 16);

    private static readonly string[] Forms = ["fsq", "fsq_notebook", "fsq_tanh_half", "fsq_round_tanh"];

    /// <summary>Before rounding, tanh x = 1 − 2/(1 + e^2x), atanh y = ½ log((1 + y)/(1 − y)) and tan y = sin y / cos y.</summary>
    private static double Curve(string form, double z, long levels)
    {
        double Tanh(double x) => 1 - (2 / (1 + Math.Exp(2 * x)));
        var offset = Offset(form, levels);
        switch (form)
        {
            case "fsq":
                var half = (levels - 1) * 1001 / 2000.0;
                return Tanh(z + (0.5 * Math.Log((half + offset) / (half - offset)))) * half;
            case "fsq_notebook":
                half = (levels - 1) * 999 / 2000.0;
                return Tanh(z + (Math.Sin(offset / half) / Math.Cos(offset / half))) * half;
            case "fsq_tanh_half":
                return Tanh(z) * (levels - 1) / 2;
            default:
                return Tanh(z) * levels;
        }
    }

    private static double Offset(string form, long levels) => form is "fsq" or "fsq_notebook" && levels % 2 == 0 ? 0.5 : 0;

    private static double Bound(string form, double z, long levels) => Curve(form, z, levels) - Offset(form, levels);

    private static long Width(string form, long levels) => form is "fsq" or "fsq_notebook" ? levels / 2 : 1;

    [SecondRoute("fsq", "fsq_notebook", "fsq_tanh_half", "fsq_round_tanh")]
    [TestCaseSource(nameof(Forms))]
    public void Fsq_EveryForm_IsTheNearestWholeNumberOfAll(string form)
    {
        var z = Sweep(step: 1.0 / 16, reach: 6);

        var codes = Ask(form, z);

        for (var i = 0; i < z.Count; i++)
        {
            var levels = Levels.Int64[i % Levels.Count];
            var bound = Bound(form, z[i], levels);
            var nearest = Enumerable.Range((int)-levels, (2 * (int)levels) + 1).MinBy(n => Math.Abs(n - bound));
            Assert.That(codes[i], Is.EqualTo(nearest / (double)Width(form, levels)), $"{levels} levels at z = {z[i]}");
        }
    }

    /// <summary>L values each for the forms that shift; the lesson's formula has 2L + 1 of them.</summary>
    [SecondRoute("fsq", "fsq_notebook", "fsq_round_tanh")]
    [TestCase("fsq", 1, 0)]
    [TestCase("fsq_notebook", 1, 0)]
    [TestCase("fsq_round_tanh", 2, 1)]
    public void Fsq_OverTheWholeLine_TakesAsManyValuesAsItsFormSays(string form, int factor, int more)
    {
        var codes = Ask(form, Sweep(step: 1.0 / 64, reach: 12));

        for (var d = 0; d < Levels.Count; d++)
        {
            var values = Enumerable.Range(0, codes.Shape[0]).Select(i => codes[i, d]).Distinct().Count();
            Assert.That(values, Is.EqualTo((factor * Levels.Int64[d]) + more), $"{Levels.Int64[d]} levels");
        }
    }

    /// <summary>The rounding is taken for the identity: (bound(z) + sg(round − bound)) / width, the jump frozen.</summary>
    [SecondRoute("fsq.vjp", "fsq_notebook.vjp", "fsq_tanh_half.vjp", "fsq_round_tanh.vjp")]
    [TestCaseSource(nameof(Forms))]
    public void FsqVjp_WithTheJumpFrozen_FollowsCentralDifferences(string form)
    {
        var z = Sweep(step: 0.375, reach: 3);
        var upstream = Tensors.Normal("upstream", z.Shape.ToArray());

        var answer = Ask(form + Operation.GradientSuffix, z, upstream);

        Agreement.Of(answer, [.. Enumerable.Range(0, z.Count).Select(i =>
        {
            var levels = Levels.Int64[i % Levels.Count];
            var scale = upstream[i] / Width(form, levels);
            var jump = Math.Round(Bound(form, z[i], levels)) - Bound(form, z[i], levels);
            return CentralDifference.Slope(t => scale * Estimate.Sum([Curve(form, z[i] + t, levels), -Offset(form, levels), jump]));
        })]);
    }

    [TestCase(1)]
    [TestCase(0)]
    [TestCase(-8)]
    public void Fsq_FewerThanTwoLevels_AreRefused(long levels) =>
        Assert.That(() => new ReferenceKernels().Fsq(Tensors.Row(0.5), Tensors.Whole(levels)), Throws.TypeOf<RefusalException>());

    private static Tensor Sweep(double step, double reach) =>
        Tensors.Of([(int)(2 * reach / step) + 1, Levels.Count], i => (i / Levels.Count * step) - reach);

    private static Tensor Ask(string operation, Tensor z, Tensor? upstream = null)
    {
        var inputs = new Dictionary<string, Tensor> { ["z"] = z, ["levels"] = Levels };
        if (upstream is not null)
        {
            inputs["d_codes"] = upstream;
        }

        return Catalogue.Standard.Find(operation)!.Invoke(new ReferenceKernels(), inputs).Values.Single();
    }
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;
using static LatentConformance.Tests.Reference.SinglePrecision;

namespace LatentConformance.Tests.Reference;

/// <summary>
/// The running error bound is a bound, and it has teeth: honest float32 code stays within it in whatever order it adds,
/// and neither zeros nor a result that went through float16 do.
/// </summary>
[TestFixture]
public sealed class RealTests
{
    private const int Seeds = 8;

    /// <summary>A formula in float32: from the inputs, in one order of summation, to the values.</summary>
    private delegate double[] Formula(IReadOnlyDictionary<string, Tensor> inputs, Func<float[], float> order);

    private static readonly Dictionary<string, (string Operation, Formula Formula)> Formulas = new()
    {
        ["kl_standard, element by element"] = ("kl_standard", (t, order) => PerSample(
            t["mu"], order, i => 0.5f * ((F(t["mu"], i) * F(t["mu"], i)) + MathF.Exp(F(t["logvar"], i)) - 1 - F(t["logvar"], i)))),
        ["kl_standard, −½ Σ (1 + …)"] = ("kl_standard", (t, order) => [.. PerSample(
            t["mu"], order, i => 1 + F(t["logvar"], i) - (F(t["mu"], i) * F(t["mu"], i)) - MathF.Exp(F(t["logvar"], i))).Select(s => -0.5 * s)]),
        ["kl_standard, term by term"] = ("kl_standard", KlTermByTerm),
        ["kl_gaussians, quotients of exponentials"] = ("kl_gaussians", (t, order) => PerSample(t["mu_q"], order, i => 0.5f * (
            F(t["logvar_p"], i) - F(t["logvar_q"], i) - 1
            + ((MathF.Exp(F(t["logvar_q"], i)) + Square(F(t["mu_q"], i) - F(t["mu_p"], i))) / MathF.Exp(F(t["logvar_p"], i)))))),
        ["kl_gaussians, exponentials of differences"] = ("kl_gaussians", (t, order) => PerSample(t["mu_q"], order, i => 0.5f * (
            -1 + F(t["logvar_p"], i) - F(t["logvar_q"], i) + MathF.Exp(F(t["logvar_q"], i) - F(t["logvar_p"], i))
            + (Square(F(t["mu_q"], i) - F(t["mu_p"], i)) * MathF.Exp(-F(t["logvar_p"], i)))))),
        ["reparameterize, exp of the half"] = ("reparameterize", (t, _) => PerElement(
            t["mu"], i => F(t["mu"], i) + (MathF.Exp(0.5f * F(t["logvar"], i)) * F(t["epsilon"], i)))),
        ["reparameterize, root of the exp"] = ("reparameterize", (t, _) => PerElement(
            t["mu"], i => MathF.FusedMultiplyAdd(MathF.Sqrt(MathF.Exp(F(t["logvar"], i))), F(t["epsilon"], i), F(t["mu"], i)))),
        ["squared_error_sum"] = ("squared_error_sum", (t, order) => PerSample(
            t["x"], order, i => Square(F(t["x"], i) - F(t["x_hat"], i)))),
        ["squared_error_sum, fused"] = ("squared_error_sum", (t, _) => PerSample(
            t["x"], terms => terms.Aggregate(0f, (sum, d) => MathF.FusedMultiplyAdd(d, d, sum)), i => F(t["x"], i) - F(t["x_hat"], i))),
        ["squared_error_mean"] = ("squared_error_mean", (t, order) => PerSample(
            t["x"], terms => order(terms) / terms.Length, i => Square(F(t["x"], i) - F(t["x_hat"], i)))),
        ["l1"] = ("l1", (t, order) => PerSample(t["x"], order, i => MathF.Abs(F(t["x"], i) - F(t["x_hat"], i)))),
        ["bce"] = ("bce", (t, order) => PerSample(t["x"], order, i => -(
            (F(t["x"], i) * MathF.Log(F(t["x_hat"], i) + 1e-8f)) + ((1 - F(t["x"], i)) * MathF.Log(1 - F(t["x_hat"], i) + 1e-8f))))),
        ["bce_logits, stable"] = ("bce_logits", (t, order) => PerSample(t["x"], order, i =>
            MathF.Max(F(t["logits"], i), 0) - (F(t["logits"], i) * F(t["x"], i)) + Log1P(MathF.Exp(-MathF.Abs(F(t["logits"], i)))))),
    };

    private static IEnumerable<string> Names => Formulas.Keys;

    [TestCaseSource(nameof(Names))]
    public void Bound_OfHonestFloat32Code_HoldsInEveryOrder(string name)
    {
        foreach (var (inputs, answer) in Cases(name))
        {
            foreach (var order in Orders)
            {
                Assert.That(Beyond(answer, Formulas[name].Formula(inputs, order)), Is.Empty, Describe(name, inputs));
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Bound_OfZeros_RejectsThem(string name)
    {
        foreach (var (inputs, answer) in Cases(name))
        {
            Assert.That(Beyond(answer, new double[answer.Count]), Is.Not.Empty, Describe(name, inputs));
        }
    }

    /// <summary>Not in every case: float16 holds a sum of three on the grid of the draws.</summary>
    [TestCaseSource(nameof(Names))]
    public void Bound_OfAResultThatWentThroughFloat16_RejectsItInMostCases(string name)
    {
        var half = Precision.Of(DType.Float16);
        var cases = Cases(name).ToArray();

        var rejected = cases.Count(c => Beyond(c.Answer, [.. c.Answer.ToDoubles().Select(half.Round)]).Length > 0);

        Assert.That(rejected, Is.GreaterThan(cases.Length / 2));
    }

    /// <summary>Reference and second route must name the same digits where float64 cancels: e^x − 1 and log(1 + x) by series in decimal.</summary>
    [TestCase(0.25)]
    [TestCase(-0.125)]
    [TestCase(1e-5)]
    [TestCase(-1e-9)]
    public void ExpM1AndLog1P_NearZero_KeepTheirDigits(double x)
    {
        decimal v = (decimal)x, power = v, factorial = 1, exp = 0, log = 0;
        for (var n = 1; n < 40; n++)
        {
            factorial *= n <= 20 ? n : 1;
            exp += n <= 20 ? power / factorial : 0;
            log += (n % 2 == 1 ? power : -power) / n;
            power *= v;
        }

        Assert.That(Real.ExpM1(x).Value / (double)exp, Is.EqualTo(1).Within(8 * Estimate.Unit));
        Assert.That(Real.Log1P(x).Value / (double)log, Is.EqualTo(1).Within(8 * Estimate.Unit));
    }

    [TestCase(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity, -1, double.NaN)]
    [TestCase(-1, -0.63212055882855767, double.NegativeInfinity)]
    [TestCase(double.NaN, double.NaN, double.NaN)]
    [TestCase(1e-300, 1e-300, 1e-300)]
    [TestCase(0, 0, 0)]
    public void ExpM1AndLog1P_AtTheEnds_AreTheLimits(double x, double expM1, double log1P) =>
        Assert.That((Real.ExpM1(x).Value, Real.Log1P(x).Value), Is.EqualTo((expM1, log1P)));

    private static IEnumerable<(Dictionary<string, Tensor> Inputs, Tensor Answer)> Cases(string name)
    {
        var operation = Catalogue.Standard.Find(Formulas[name].Operation)!;
        foreach (var elements in new[] { 3, 64, 700 })
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var inputs = operation.Inputs.ToDictionary(f => f.Name, f => Drawn(operation.Name, f.Name, $"{name}/{f.Name}/{elements}/{seed}", 2, elements));
                yield return (inputs, operation.Invoke(new ReferenceKernels(), inputs).Values.First());
            }
        }
    }

    /// <summary>Inputs that float32 holds: nothing is lost before the formula starts.</summary>
    private static Tensor Drawn(string operation, string name, string key, params int[] shape) => (operation, name) switch
    {
        (_, "logvar" or "logvar_q" or "logvar_p") => Tensors.Uniform(key, -4, 4, shape),
        ("bce" or "bce_logits", "x") => Tensors.Uniform(key, 0, 1, shape),
        ("bce", "x_hat") => Tensors.Uniform(key, 0, 1, shape),
        (_, "logits") => Tensors.Uniform(key, -32, 32, shape),
        _ => Tensors.Normal(key, shape),
    };

    private static double[] KlTermByTerm(IReadOnlyDictionary<string, Tensor> t, Func<float[], float> order)
    {
        var squares = PerSample(t["mu"], order, i => Square(F(t["mu"], i)));
        var variances = PerSample(t["mu"], order, i => MathF.Exp(F(t["logvar"], i)));
        var logs = PerSample(t["mu"], order, i => F(t["logvar"], i));
        return [.. squares.Select((s, b) => (double)(0.5f * ((float)s + (float)variances[b] - t["mu"].Shape[1] - (float)logs[b])))];
    }

    private static string Describe(string name, Dictionary<string, Tensor> inputs) => $"{name} {inputs.Values.First()}";

    private static float Square(float x) => x * x;
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;
using static LatentConformance.Tests.Reference.SinglePrecision;

namespace LatentConformance.Tests.Reference;

/// <summary>Gradients as plain float32 code writes them stay within the bounds of the reference's.</summary>
[TestFixture]
public sealed class GradientBoundTests
{
    private const int Seeds = 20;

    private delegate float Slope(IReadOnlyDictionary<string, Tensor> inputs, int element);

    /// <summary>Operation, output, and the slope without its cotangent.</summary>
    private static readonly Dictionary<string, (string Output, Slope Slope)> Slopes = new()
    {
        ["kl_standard/d_mu"] = ("d_mu", (t, i) => F(t["mu"], i)),
        ["kl_standard/d_logvar"] = ("d_logvar", (t, i) => 0.5f * (MathF.Exp(F(t["logvar"], i)) - 1)),
        ["kl_gaussians/d_mu_q"] = ("d_mu_q", (t, i) => (F(t["mu_q"], i) - F(t["mu_p"], i)) * MathF.Exp(-F(t["logvar_p"], i))),
        ["kl_gaussians/d_logvar_q"] = ("d_logvar_q", (t, i) => 0.5f * (MathF.Exp(F(t["logvar_q"], i) - F(t["logvar_p"], i)) - 1)),
        ["kl_gaussians/d_logvar_p"] = ("d_logvar_p", (t, i) => 0.5f * (1 - MathF.Exp(F(t["logvar_q"], i) - F(t["logvar_p"], i))
            - (MathF.Pow(F(t["mu_q"], i) - F(t["mu_p"], i), 2) * MathF.Exp(-F(t["logvar_p"], i))))),
        ["reparameterize/d_logvar"] = ("d_logvar", (t, i) => F(t["epsilon"], i) * 0.5f * MathF.Exp(0.5f * F(t["logvar"], i))),
        ["reparameterize/d_epsilon"] = ("d_epsilon", (t, i) => MathF.Sqrt(MathF.Exp(F(t["logvar"], i)))),
        ["squared_error_sum/d_x_hat"] = ("d_x_hat", (t, i) => -2 * (F(t["x"], i) - F(t["x_hat"], i))),
        ["bce/d_x_hat"] = ("d_x_hat", (t, i) =>
            ((1 - F(t["x"], i)) / (1 - F(t["x_hat"], i) + 1e-8f)) - (F(t["x"], i) / (F(t["x_hat"], i) + 1e-8f))),
        ["bce_logits/d_logits"] = ("d_logits", (t, i) => (1 / (1 + MathF.Exp(-F(t["logits"], i)))) - F(t["x"], i)),
    };

    private static IEnumerable<string> Names => Slopes.Keys;

    [TestCaseSource(nameof(Names))]
    public void Bound_OfAGradientInFloat32_Holds(string name)
    {
        var operation = Catalogue.Standard.Find(name.Split('/')[0])!.Gradient!;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var inputs = Tensors.For(operation.Name, $"{seed}");
            foreach (var probability in inputs.Keys.Where(k => operation.Name.StartsWith("bce", StringComparison.Ordinal) && k is "x" or "x_hat").ToArray())
            {
                inputs[probability] = Tensors.Uniform($"{probability}{seed}", 0, 1, inputs[probability].Shape.ToArray());
            }

            var answer = operation.Invoke(new ReferenceKernels(), inputs)[Slopes[name].Output];
            var cotangent = inputs[operation.Inputs[^1].Name];
            var shared = answer.Count / cotangent.Count;

            Assert.That(Beyond(answer, PerElement(answer, i => F(cotangent, i / shared) * Slopes[name].Slope(inputs, i))), Is.Empty);
        }
    }

    /// <summary>(‖e‖/‖z‖) (g − 2 (g·w) w + 2 (g·ê) ẑ) with the unit vectors in float32.</summary>
    [TestCase(2)]
    [TestCase(16)]
    public void Bound_OfTheRotationsGradientInFloat32_Holds(int dimensions)
    {
        var (z, codebook) = (Tensors.Normal("z", 40, dimensions), Tensors.Normal("codebook", 8, dimensions));
        var upstream = Tensors.Normal("upstream", 40, dimensions);
        var nearest = NearestCode.Of(z, codebook);
        foreach (var order in Orders)
        {
            var values = nearest.SelectMany((k, i) => Rotated(Floats(z.RowOf(i)), Floats(codebook.RowOf(k)), Floats(upstream.RowOf(i)), order));

            var (dZ, _) = new ReferenceKernels(Estimators.Convention("rotation")).VqQuantizeVjp(z, codebook, upstream);

            Assert.That(Beyond(dZ!, [.. values]), Is.Empty);
        }
    }

    private static float[] Floats(double[] values) => [.. values.Select(v => (float)v)];

    private static IEnumerable<double> Rotated(float[] z, float[] code, float[] upstream, Func<float[], float> order)
    {
        float Dot(float[] a, float[] b) => order([.. a.Zip(b, (p, q) => p * q)]);
        float[] Unit(float[] v) => [.. v.Select(x => x / MathF.Sqrt(Dot(v, v)))];
        var (from, to) = (Unit(z), Unit(code));
        var middle = Unit([.. from.Zip(to, (a, b) => a + b)]);
        var (alongMiddle, alongCode) = (Dot(upstream, middle), Dot(upstream, to));
        var scale = MathF.Sqrt(Dot(code, code)) / MathF.Sqrt(Dot(z, z));
        return upstream.Select((g, j) => (double)(scale * (g - (2 * alongMiddle * middle[j]) + (2 * alongCode * from[j]))));
    }
}

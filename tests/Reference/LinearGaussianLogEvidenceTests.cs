using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LinearGaussianLogEvidenceTests
{
    private const string Operation = "linear_gaussian_log_evidence";

    [SecondRoute(Operation)]
    [TestCase("one")]
    [TestCase("two")]
    public void LogEvidence_BySingularValues_Agrees(string key)
    {
        var inputs = Tensors.For(Operation, key);
        var model = new LinearGaussianModel(inputs);

        Agreement.Of(Answer(inputs), [.. Enumerable.Range(0, model.Samples).Select(model.LogEvidence)]);
    }

    [SecondRoute(Operation)]
    [TestCase("one")]
    [TestCase("two")]
    public void LogEvidence_ByQuadratureOverTheLatents_Agrees(string key)
    {
        var inputs = Tensors.For(Operation, key);
        inputs["w"] = Tensors.Uniform(key, -1, 1, inputs["w"].Shape.ToArray());
        var model = new LinearGaussianModel(inputs);

        Agreement.Of(Answer(inputs), [.. Enumerable.Range(0, model.Samples).Select(model.LogEvidenceByQuadrature)]);
    }

    /// <summary>More latents than features: nothing in the answer may take W for tall.</summary>
    [SecondRoute(Operation)]
    [Test]
    public void LogEvidence_MoreLatentsThanFeatures_Agrees()
    {
        var inputs = new Dictionary<string, Tensor>
        {
            ["x"] = Tensors.Normal("x", 2, 2),
            ["w"] = Tensors.Normal("w", 2, 5),
            ["noise_variance"] = Tensor.Scalar(0.75),
        };
        var model = new LinearGaussianModel(inputs);

        Agreement.Of(Answer(inputs), [.. Enumerable.Range(0, model.Samples).Select(model.LogEvidence)]);
    }

    [SecondRoute(Operation + ".vjp")]
    [TestCase("one")]
    [TestCase("two")]
    public void LogEvidenceVjp_AnyInputs_FollowsCentralDifferences(string key) =>
        CentralDifference.Agrees(Operation, Tensors.For(Operation, key));

    private static Tensor Answer(Dictionary<string, Tensor> inputs) =>
        new ReferenceKernels().LinearGaussianLogEvidence(inputs["x"], inputs["w"], inputs["noise_variance"][0]);
}

using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class TemperatureAnnealTests
{
    private const long Steps = 16;
    private static readonly Tensor Step = Tensors.Whole([.. Enumerable.Range(0, (int)Steps + 3).Select(t => (long)t)]);

    /// <summary>A step adds the same difference; whole sixteenths are exact.</summary>
    [SecondRoute("temperature_anneal_linear")]
    [TestCase(2.0, 0.25)]
    [TestCase(0.5, 4.0)]
    public void Linear_StepByStep_AddsTheSameDifference(double start, double end)
    {
        var temperature = new ReferenceKernels().TemperatureAnnealLinear(Step, start, end, Steps);

        Agreement.Of(temperature, ByStep(start, end, t => t + ((end - start) / Steps)));
    }

    [SecondRoute("temperature_anneal_exponential")]
    [TestCase(2.0, 0.25)]
    [TestCase(0.5, 4.0)]
    public void Exponential_StepByStep_MultipliesByTheSameRatio(double start, double end)
    {
        var ratio = Math.Sqrt(Math.Sqrt(Math.Sqrt(Math.Sqrt(end / start))));

        var temperature = new ReferenceKernels().TemperatureAnnealExponential(Step, start, end, Steps);

        Agreement.Of(temperature, ByStep(start, end, t => t * ratio));
    }

    [SecondRoute("temperature_anneal_linear.vjp", "temperature_anneal_exponential.vjp")]
    [TestCase("temperature_anneal_linear")]
    [TestCase("temperature_anneal_exponential")]
    public void AnnealVjp_InStartAndEnd_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    private static Estimate[] ByStep(double start, double end, Func<double, double> next)
    {
        var values = new List<double> { start };
        while (values.Count < Steps)
        {
            values.Add(next(values[^1]));
        }

        return [.. values.Select(Estimate.Computed), end, end, end];
    }
}

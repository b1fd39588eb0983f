using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class EmaUpdateSonnetTests
{
    private const double Decay = 0.75;
    private const int Steps = 3, Codes = 4, Width = 2, Rows = 6;
    private static readonly Tensor Z = Tensors.Normal("z", Steps, Rows, Width);
    private static readonly Tensor Indices = new([Steps, Rows], [0, 1, 0, 2, 0, 3, 1, 1, 2, 0, 3, 3, 2, 2, 0, 1, 1, 0]);
    private static readonly Tensor NoCounts = Tensors.Of([Codes], _ => 0);
    private static readonly Tensor NoSums = Tensors.Of([Codes, Width], _ => 0);

    /// <summary>A mean whose weights, γ^(T − 1 − t) for batch t, are divided by their own sum: no 1 − γ^T is taken.</summary>
    [SecondRoute("ema_update_sonnet")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void EmaUpdateSonnet_BegunAtZero_IsAWeightedMeanOfTheBatches(int steps)
    {
        var (hiddenCounts, hiddenSums, counts, sums) = (NoCounts, NoSums, NoCounts, NoSums);
        for (var t = 0; t < steps; t++)
        {
            (hiddenCounts, hiddenSums, counts, sums, _) = new ReferenceKernels().EmaUpdateSonnet(hiddenCounts!, hiddenSums!, t, Batch(t), IndicesOf(t), Decay, epsilon: 0.125);
        }

        Agreement.Of(counts!, [.. Enumerable.Range(0, Codes).Select(k => Mean(steps, t => Members(t, k).Length))]);
        Agreement.Of(sums!, [.. Enumerable.Range(0, Codes * Width).Select(e => Mean(steps, t => Members(t, e / Width).Sum(n => Batch(t)[n, e % Width])))]);
    }

    /// <summary>What the sums are divided by is in proportion to N + ε and adds up to ΣN.</summary>
    [SecondRoute("ema_update_sonnet")]
    [TestCase(0.125)]
    [TestCase(2.0)]
    public void EmaUpdateSonnet_Divisors_KeepTheTotalInProportionToTheLiftedCounts(double epsilon)
    {
        var (_, _, counts, sums, codebook) = new ReferenceKernels().EmaUpdateSonnet(NoCounts, NoSums, 0, Batch(0), IndicesOf(0), Decay, epsilon);

        var divisors = Enumerable.Range(0, Codes).Select(k => Estimate.Computed(sums![k, 0] / codebook![k, 0])).ToArray();
        Same(Estimate.Sum(divisors), Estimate.Sum(counts!.ToDoubles()));
        for (var i = 0; i < sums!.Count; i++)
        {
            Same((counts![0] + epsilon) * divisors[i / Width], (counts[i / Width] + epsilon) * divisors[0]);
            Same(codebook![i] * divisors[i / Width], sums[i]);
        }
    }

    /// <summary>Without an epsilon the correction cancels: a code is the weighted mean of its vectors.</summary>
    [SecondRoute("ema_steps_sonnet")]
    [Test]
    public void EmaStepsSonnet_WithoutEpsilon_AreWeightedMeansOfTheVectors()
    {
        var (codebooks, counts, _, step) = new ReferenceKernels().EmaStepsSonnet(NoCounts, NoSums, 0, Z, Indices, Decay, epsilon: 0);

        Agreement.Of(codebooks!, [.. from t in Enumerable.Range(1, Steps)
                                     from e in Enumerable.Range(0, Codes * Width)
                                     let weights = Enumerable.Range(0, t).SelectMany(s => Members(s, e / Width).Select(n => (Weight: Math.Pow(Decay, t - 1 - s), Value: Batch(s)[n, e % Width]))).ToArray()
                                     select Estimate.Sum(weights.Select(w => w.Weight * w.Value)) / weights.Sum(w => w.Weight)]);
        Agreement.Of(counts!, [.. Enumerable.Range(0, Codes).Select(k => Estimate.Sum(Enumerable.Range(0, Steps).Select(t => (1 - Decay) * Math.Pow(Decay, Steps - 1 - t) * Members(t, k).Length)))]);
        Assert.That(step!.Int64[0], Is.EqualTo(Steps));
    }

    [Test]
    public void EmaStepsSonnet_ThreeSteps_AreOneAfterAnother()
    {
        var (counts, sums) = (NoCounts, NoSums);
        var codebooks = new List<double>();
        for (var t = 0; t < Steps; t++)
        {
            (counts, sums, _, _, var codebook) = new ReferenceKernels().EmaUpdateSonnet(counts!, sums!, 5 + t, Batch(t), IndicesOf(t), Decay, epsilon: 0.125);
            codebooks.AddRange(codebook!.ToDoubles());
        }

        var all = new ReferenceKernels().EmaStepsSonnet(NoCounts, NoSums, 5, Z, Indices, Decay, epsilon: 0.125);

        Agreement.Exactly(all.Codebooks!, codebooks);
        Agreement.Exactly(all.NewHiddenSums!, sums!.ToDoubles());
        Agreement.Exactly(all.NewStep!, 5 + Steps);
    }

    /// <summary>Sonnet's own order in float32: hidden − (hidden − batch)(1 − γ), then over 1 − γ^t, at horizons short and long.</summary>
    [TestCase(0.75, 0)]
    [TestCase(0.9921875, 0)]
    [TestCase(0.9921875, 40)]
    [TestCase(0.5, 7)]
    public void Bound_OfTheCorrectionInFloat32_Holds(double decay, int step)
    {
        const double Epsilon = 0.125;
        var (hiddenCounts, hiddenSums) = (Tensors.Uniform("counts", 0.25, 2.25, Codes), Tensors.Normal("sums", Codes, Width));
        var answer = new ReferenceKernels().EmaUpdateSonnet(hiddenCounts, hiddenSums, step, Batch(0), IndicesOf(0), decay, Epsilon);
        foreach (var order in SinglePrecision.Orders)
        {
            float Moved(double hidden, float batch) => (float)hidden - (((float)hidden - batch) * (1 - (float)decay));
            var weight = 1 - MathF.Pow((float)decay, step + 1);
            float[] counts = [.. Enumerable.Range(0, Codes).Select(k => Moved(hiddenCounts[k], Members(0, k).Length))];
            float[] sums = [.. Enumerable.Range(0, Codes * Width).Select(e =>
                Moved(hiddenSums[e], order([.. Members(0, e / Width).Select(n => (float)Batch(0)[n, e % Width])])))];
            var total = order([.. counts.Select(n => n / weight)]);
            var codes = sums.Select((m, e) =>
                (double)(m / weight / (((counts[e / Width] / weight) + (float)Epsilon) / (total + (Codes * (float)Epsilon)) * total)));

            Assert.That(SinglePrecision.Beyond(answer.NewHiddenCounts!, [.. counts.Select(n => (double)n)]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(answer.NewHiddenSums!, [.. sums.Select(m => (double)m)]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(answer.AverageSums!, [.. sums.Select(m => (double)(m / weight))]), Is.Empty);
            Assert.That(SinglePrecision.Beyond(answer.NewCodebook!, [.. codes]), Is.Empty);
        }
    }

    private static Tensor Batch(int t) => new([Rows, Width], Z.RowOf(t));

    private static Tensor IndicesOf(int t) => Tensors.Whole([.. Indices.RowOf(t).Select(k => (long)k)]);

    private static int[] Members(int t, int code) => [.. Enumerable.Range(0, Rows).Where(n => Indices.RowOf(t)[n] == code)];

    private static Estimate Mean(int steps, Func<int, double> batch)
    {
        double[] weights = [.. Enumerable.Range(0, steps).Select(t => Math.Pow(Decay, steps - 1 - t))];
        return Estimate.Sum(weights.Select((w, t) => w * batch(t))) / weights.Sum();
    }

    private static void Same(Estimate a, Estimate b) => Agreement.Within(a.Value, b, a.Error, "divisors");
}

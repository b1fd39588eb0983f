using LatentConformance.Compare;
using LatentConformance.Contract;
using LatentConformance.Simd;
using NUnit.Framework;

namespace LatentConformance.Tests.Compare;

/// <summary>The table of what is compared.</summary>
public class CasesTests
{
    /// <summary>A case that leaves a size or a number open would stop a run of minutes in its middle.</summary>
    [Test]
    public void Cases_All_SaySizeAndNumberOfEverything() => Assert.Multiple(() =>
    {
        foreach (var asked in Cases.All)
        {
            Assert.That(asked.BytesRead + asked.BytesWritten, Is.Positive, asked.Title);
            Assert.That(asked.Bars, Is.Not.Empty, asked.Title);
            foreach (var number in asked.Operation.Inputs.Where(f => f.Axes.Count == 0))
            {
                Assert.That(() => asked.Number(number.Name), Throws.Nothing);
            }
        }
    });

    [Test]
    public void Cases_Titles_TellThemApart() => Assert.That(Cases.All.Select(c => c.Title), Is.Unique);

    [Test]
    public void Streaming_Arrays_AreFarLargerThanTheCaches() => Assert.That(
        Cases.All.Where(c => c.Bars.Contains(Bar.SeventyPercent)).Select(c => c.BytesRead + c.BytesWritten),
        Has.All.GreaterThanOrEqualTo(64 << 20));

    [Test]
    public void Case_Copies_WhereItsOutputsWeighAsItsInputs() => Assert.That(
        Cases.All.Where(c => c.Name is "kl_standard" or "reparameterize").Select(c => c.Copies), Is.EqualTo(new[] { false, true }));

    /// <summary>What has a kernel answers as the reference does, on the cut-down case that every measurement begins with.</summary>
    [Test]
    public void Kernels_OnSmallCases_AnswerAsTheReference()
    {
        var faults = Cases.All
            .Where(c => SpanKernel.Find(typeof(Workers).Assembly, c.Name) is not null)
            .Select(c => SmallCheck.Fault(typeof(Workers).Assembly, c));
        Assert.That(faults, Has.All.Null);
    }

    [Test]
    public void SmallCheck_WrongKernel_NamesTheElement() => Assert.That(
        SmallCheck.Fault(typeof(CasesTests).Assembly, Cases.All.First(c => c.Name == "l1")),
        Does.StartWith("l1 B=8 D=8: loss[0] is 0, expected "));

    [Test]
    public void NearestCodes_AnotherCode_IsCountedByHowFarItIs()
    {
        float[] z = [0, 0, 0];
        float[] codebook = [1, 2, 1 + 1e-7f];
        Assert.That(NearestCodes.Count(z, codebook, 1, [0, 1, 2]), Is.EqualTo(new NearestCodes(3, 2, 1, 0)));
    }

    [Kernel("l1")]
    public static void Nothing(ReadOnlySpan<float> x, Span<float> loss) => loss.Fill(x.Length * 0);
}

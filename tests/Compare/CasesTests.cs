using System.Text.RegularExpressions;
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
        foreach (var asked in Cases.All.Concat(Cases.OnDevice))
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
    public void Cases_Titles_TellThemApart() => Assert.That(Cases.OnDevice.Select(c => c.Title), Is.Unique.And.SupersetOf(Cases.All.Select(c => c.Title)));

    /// <summary>One bar that asks, and one that shows what share of the copy or of the product is reached.</summary>
    [Test]
    public void OnDevice_EveryCase_AsksForEagerAndShowsALimit() => Assert.Multiple(() =>
    {
        foreach (var asked in Cases.OnDevice)
        {
            Assert.That(asked.Bars.Select(b => b.IsShown), Is.EqualTo(new[] { false, true }), asked.Title);
            Assert.That(asked.Bars[0].Least, Is.EqualTo(asked.Name == "vq_assign" ? 1 : 0.97), asked.Title);
            Assert.That(asked.Bars[0].Kind is BarKind.EagerPeer or BarKind.NamedPeer, asked.Title);
        }
    });

    /// <summary>What a form makes lies where its inputs do; on a machine without a GPU nothing else would show it.</summary>
    [Test]
    public void EagerForms_OnADevice_MakeNothingOnTheHost()
    {
        var forms = File.ReadAllText(Path.Combine(Checkout.Root, "benchmarks", "Compare", "eager.py")).Split("\n\n\n");
        var offenders = forms.Where(f => !f.Contains("only=\"host\"", StringComparison.Ordinal))
            .SelectMany(f => f.Split('\n'))
            .Where(l => Regex.IsMatch(l, @"torch\.(arange|empty|full|ones|tensor|zeros)\(|numpy\.\w+\(") && !l.Contains("device=", StringComparison.Ordinal));
        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void Streaming_Arrays_AreFarLargerThanTheCaches() => Assert.That(
        Cases.All.Where(c => c.Bars.Contains(Bar.SeventyPercent)).Select(c => c.BytesRead + c.BytesWritten),
        Has.All.GreaterThanOrEqualTo(64 << 20));

    [Test]
    public void Case_Limit_IsWhatItsBarsAskFor()
    {
        Kind? Limit(string title, params Bar[] bars) => Cases.All.First(c => c.Title.StartsWith(title, StringComparison.Ordinal)).Under(bars).Limit;
        Assert.That(Limit("kl_standard ", Bar.SeventyPercent), Is.EqualTo(Kind.Read));
        Assert.That(Limit("reparameterize ", Bar.SeventyPercent), Is.EqualTo(Kind.Copy));
        Assert.That(Limit("kl_standard ", Bar.ShareOfCopy), Is.EqualTo(Kind.Copy));
        Assert.That(Limit("kl_standard ", Bar.Eager(5)), Is.Null);
    }

    [Test]
    public void Case_Copies_WhereItsOutputsWeighAsItsInputs() => Assert.That(
        Cases.All.Where(c => c.Name is "kl_standard" or "reparameterize").Select(c => c.Copies), Is.EqualTo(new[] { false, true }));

    /// <summary>What has a kernel answers as the reference does, on the cut-down case that every measurement begins with.</summary>
    [Test]
    public void Kernels_OnSmallCases_AnswerAsTheReference()
    {
        var faults = Cases.All
            .Where(c => SpanKernel.Find(typeof(Workers).Assembly, c.Name) is not null)
            .Select(c => SmallCheck.Fault(SpanKernels.Simd, c));
        Assert.That(faults, Has.All.Null);
    }

    [Test]
    public void SmallCheck_WrongKernel_NamesTheElement() => Assert.That(
        SmallCheck.Fault(new SpanKernels(typeof(CasesTests).Assembly), Cases.All.First(c => c.Name == "l1")),
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

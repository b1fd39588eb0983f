using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>
/// What --seed moves: the draws of the claims and the order of the cases. Seed after seed the whole suite meets another style,
/// all styles in turn. LATENT_SEEDS=1000 makes it a long run.
/// </summary>
public sealed class SeededRunTests
{
    private const int SeedsInEveryRun = 2;

    [Test]
    public void Verify_RightCodeUnderAnySeed_NoCoreFailure()
    {
        // Every step rounded to float16 has neither the range nor the 1e-8 that claims speak of; the vectors know what it can hold.
        Style[] styles = [.. Styles.Undeclared().Where(s => !s.EveryStepRounded), .. Styles.Declared()];
        var verification = new Verification(Checkout.Grounds());
        var (alarms, record, seeds) = (new List<string>(), new Record(), Seeds.Of(SeedsInEveryRun));
        foreach (var seed in seeds)
        {
            // Seven is prime to the number of styles, and neighbouring seeds meet unlike dtypes.
            var style = styles[(int)(7 * seed % (ulong)styles.Length)];
            var results = verification.Run(new InProcess(Styles.Kernels(style)), new Selection(), seed).Results;
            alarms.AddRange(results.Where(r => r.IsBad() && !r.Strict).Select(r => $"seed {seed}, {style}: {r.Id}: {r.Message}"));
            record.Add(results);
        }

        TestContext.Out.WriteLine($"{seeds.Length} seeds, {styles.Length} styles in turn, {record}");
        Assert.That(alarms, Is.Empty, string.Join('\n', alarms));
    }
}

using LatentConformance.Conformance;
using LatentConformance.Contract;
using LatentConformance.Gate.Deciding;
using NUnit.Framework;

namespace LatentConformance.Tests.Gate;

/// <summary>The test itself, on noise of known make: how often it errs, and what it finds.</summary>
public class DecidingTests
{
    private const int Operations = 25;
    private const double Alpha = 0.01 / (2 * Operations);

    [TestCase(16, 1e-3, 16)]
    [TestCase(1, 0.5, 2)]
    [TestCase(64, 2e-4, 50)]
    public void Enough_IsTheFewestThatTheEvidenceAllows(int n, double alpha, int enough)
    {
        Assert.That(SignTest.Enough(n, alpha), Is.EqualTo(enough));
        Assert.That(Enumerable.Range(0, n + 1).Where(k => Evidence(k, n) >= 1 / alpha), Is.EqualTo(Enumerable.Range(enough, Math.Max(0, n + 1 - enough))));
    }

    /// <summary>Ville's inequality, by trial: fair coins, looked at after each throw.</summary>
    [Test]
    public void Evidence_OfAFairCoin_RarelyEverReachesItsLevel()
    {
        const double level = 0.05;
        const int trials = 2000;
        var enough = Enumerable.Range(0, 401).Select(n => SignTest.Enough(n, level)).ToArray();
        var coin = new Random(1);
        var reached = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var heads = 0;
            for (var n = 1; n <= 400; n++)
            {
                heads += coin.Next(2);
                if (heads >= enough[n])
                {
                    reached++;
                    break;
                }
            }
        }

        // 0.05 · 2000 = 100, and four standard deviations.
        Assert.That(reached, Is.AtMost(140).And.AtLeast(1));
    }

    [Test]
    public void Decision_KernelsAgainstThemselves_RaisesNoAlarmInNearlyAllRuns()
    {
        var noise = new Random(2);
        var alarms = Enumerable.Range(0, 200).Count(_ => Enumerable.Range(0, Operations).Any(_ => Decided(noise, 0) is Verdict.Slower or Verdict.Faster));
        Assert.That(alarms, Is.AtMost(2));
    }

    [TestCase(1.10, "Slower")]
    [TestCase(0.90, "Faster")]
    public void Decision_APlantedTenth_IsFound(double factor, string expected)
    {
        var noise = new Random(3);
        var found = Enumerable.Range(0, 200).Count(_ => Decided(noise, Math.Log(factor)).ToString() == expected);
        Assert.That(found, Is.AtLeast(190));
    }

    [Test]
    public void Decision_APlantedThreePercent_IsNeverFasterNorTheSame()
    {
        var noise = new Random(4);
        var verdicts = Enumerable.Range(0, 200).Select(_ => Decided(noise, Math.Log(1.03))).Distinct();
        Assert.That(verdicts, Is.SubsetOf(new[] { Verdict.Slower, Verdict.Undecided }));
    }

    /// <summary>One unlucky place of the code, with thousands of pairs timed in it, is no slowdown.</summary>
    [Test]
    public void Decision_OneRoundOfFour_DecidesNothing()
    {
        double[][] rounds = [[.. Enumerable.Repeat(0.2, 2000)], [0], [0], [0]];
        var (verdict, interval) = new Decision(1.10, Alpha).Of(rounds);
        Assert.That((verdict, interval.Low), Is.EqualTo((Verdict.Undecided, 0.2)));
    }

    /// <summary>Threads put on a busy core for a whole round: all its pairs differ by a tenth, one way or the other as a coin has it.</summary>
    [Test]
    public void Decision_RoundsThatEachFavourOneSide_RaiseNoAlarmInNearlyAllRuns()
    {
        var coin = new Random(5);
        var alarms = Enumerable.Range(0, 1000).Count(_ =>
        {
            var decision = new Decision(1.10, Alpha);
            var rounds = new List<double[]>();
            var verdict = Verdict.Undecided;
            while (rounds.Count < 60 && verdict == Verdict.Undecided)
            {
                rounds.Add([.. Enumerable.Repeat(coin.Next(2) == 0 ? 0.1 : -0.1, 32)]);
                verdict = decision.Of(rounds).Verdict;
            }

            return verdict is Verdict.Slower or Verdict.Faster;
        });

        // A run is one operation of 25 here: 2 α of 1000 is less than one.
        Assert.That(alarms, Is.AtMost(3));
    }

    [TestCase("vq_assign: slowdown 1.05", 1.05, false)]
    [TestCase("# none\n\nvq_assign: slowdown 1.2, allocation allowed # one more buffer", 1.2, true)]
    [TestCase("kl_standard: slowdown 1.05", 1.10, false)]
    public void Thresholds_Lines_AreRead(string text, double slowdown, bool mayAllocate) =>
        Assert.That(Read(text)["vq_assign"], Is.EqualTo(new Threshold(slowdown, mayAllocate)));

    [TestCase("vq_asign: slowdown 1.05", "limits:1:1: no operation 'vq_asign' (did you mean 'vq_assign'?)")]
    [TestCase("\nvq_assign: slowdown 1", "limits:2:1: 'slowdown 1' is no setting; expected 'slowdown' with a factor from 1.02 to 10, or 'allocation allowed'")]
    [TestCase("vq_assign: slow 1.05", "'slow 1.05' is no setting")]
    [TestCase("vq_assign", "limits:1:1: 'vq_assign' is no setting of an operation; expected 'operation: slowdown 1.05' or 'operation: allocation allowed'")]
    [TestCase("fsq: slowdown 1.05\nfsq: slowdown 1.05", "limits:2:1: 'fsq' stands twice")]
    public void Thresholds_ABadLine_SaysWhere(string text, string message) =>
        Assert.That(() => Read(text), Throws.TypeOf<SpecError>().With.Message.Contains(message));

    private static Thresholds Read(string text) => Thresholds.Read(text, "limits", 1.10, Catalogue.Standard.Operations.Select(o => o.Name));

    /// <summary>2 ∫ p^k (1 − p)^(n − k) 2^n dp over (½, 1], by Simpson's rule.</summary>
    private static double Evidence(int k, int n)
    {
        const int steps = 20000;
        double At(int i) => Math.Exp((n * Math.Log(2)) + (k * Math.Log(0.5 + (0.5 * i / steps)))) * Math.Pow(0.5 - (0.5 * i / steps), n - k);
        return 2 * 0.5 / steps / 3 * Enumerable.Range(0, steps + 1).Sum(i => At(i) * (i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4));
    }

    /// <summary>
    /// Rounds of 16 pairs as a noisy machine gives them: a few percent of jitter, every sixth pair disturbed by up to a half on either
    /// side, and in each round a shift of about one percent from where the code lies. The time is up after 40 rounds.
    /// </summary>
    private static Verdict Decided(Random noise, double shift)
    {
        var decision = new Decision(1.10, Alpha);
        var rounds = new List<double[]>();
        while (rounds.Count < 40)
        {
            var place = 0.01 * Normal(noise);
            rounds.Add([.. Enumerable.Range(0, 16).Select(_ => shift + place + (0.03 * Normal(noise)) + (noise.Next(6) == 0 ? noise.NextDouble() - 0.5 : 0))]);
            if (decision.Of(rounds).Verdict is not Verdict.Undecided and var verdict)
            {
                return verdict;
            }
        }

        return Verdict.Undecided;
    }

    private static double Normal(Random noise) => Math.Sqrt(-2 * Math.Log(1 - noise.NextDouble())) * Math.Cos(2 * Math.PI * noise.NextDouble());
}

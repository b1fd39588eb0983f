using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>
/// The bounds are derived for every input, and the goldens hold a few that somebody picked. Here right code of every style is
/// judged on inputs that nobody did, by the engine and by its own rule for near ties. LATENT_SEEDS=1000 makes it a long run.
/// </summary>
public sealed class DrawnInputsTests
{
    private const int SeedsInEveryRun = 2;

    /// <summary>A draw that the domain or the dtype does not hold is left out; most are asked, or the run says nothing.</summary>
    private const double LeastShare = 0.5;

    [Test]
    public void Verify_RightCodeOnDrawnInputs_NoCoreFailure([ValueSource(typeof(DTypes), nameof(DTypes.Floating))] DType dtype)
    {
        // With every step rounded to float16 the 1e-8 of a logarithm and a fourth power underflow, which no first-order bound says.
        var styles = Styles.Undeclared().Where(s => s.DType == dtype && !s.EveryStepRounded).ToArray();
        var seeds = Seeds.Of(SeedsInEveryRun);
        var (alarms, record) = (new List<string>(), new Record());
        foreach (var seed in seeds)
        {
            var goldens = new DrawnCases(seed, Precision.Of(dtype)).Goldens();
            var verification = new Verification(Checkout.Grounds(SpecBook.Read([], Catalogue.Standard), goldens));
            foreach (var style in styles)
            {
                var results = verification.Run(new InProcess(Styles.Kernels(style)), new Selection(), seed).Results;
                alarms.AddRange(results.Where(r => r.IsBad() && !r.Strict).Select(r => $"seed {seed}, {style}: {r.Id}: {r.Message}"));
                record.Add(results);
            }
        }

        TestContext.Out.WriteLine($"{dtype.WireName()}: {seeds.Length} seeds, {styles.Length} styles, {record}");
        Assert.That(alarms, Is.Empty, string.Join('\n', alarms));
        var offered = Catalogue.Standard.Operations.Count(o => o.IsOfferedBy(Styles.Kernels(styles[0])));
        Assert.That(record.Cases, Is.GreaterThan(LeastShare * seeds.Length * styles.Length * offered));
    }
}

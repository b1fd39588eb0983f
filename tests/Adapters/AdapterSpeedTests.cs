using System.Diagnostics;
using System.Globalization;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>The adapter is never what one waits for.</summary>
[NonParallelizable]
public class AdapterSpeedTests
{
    private const string TopRow = """
        import sys, time
        sys.path.insert(0, sys.argv[1])
        from latent_adapter import Declined, operation, run
        @operation("top_k")
        def arrived(x, k):
            raise Declined(f"{x.size} numbers, {time.process_time()}")
        run()
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly string Folder = Path.Combine(Checkout.Root, "adapters", "python");

    [Test]
    public void Ask_TwoThousandTimes_TakesUnderThreeSeconds()
    {
        using var foreign = Foreign.Start([Python.Program, Path.Combine(Folder, "my_vae.py")], Timeout, Catalogue.Standard, "0.1");
        var inputs = new Dictionary<string, Tensor> { ["mu"] = new([2, 3], new double[6]), ["logvar"] = new([2, 3], new double[6]) };
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 2000; i++)
        {
            Assert.That(foreign.Ask(Catalogue.Standard.Find("kl_standard")!, inputs), Is.TypeOf<Answered>());
        }

        TestContext.Out.WriteLine($"2,000 round trips through latent_adapter.py: {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void Ask_SixtyFourMebibytes_TakeTheAdapterUnderASecond()
    {
        using var foreign = Foreign.Start([Python.With("numpy"), "-c", TopRow, Folder], Timeout, Catalogue.Standard, "0.1");
        var inputs = new Dictionary<string, Tensor> { ["x"] = new([4096, 4096], new float[16 << 20]), ["k"] = Tensor.Of(DType.Int64, [], [1]) };
        var watch = Stopwatch.StartNew();
        var spent = Enumerable.Range(0, 5).Select(_ => Spent(foreign.Ask(Catalogue.Standard.Find("top_k")!, inputs))).ToArray();
        var times = spent.Zip(spent.Skip(1), (before, after) => after - before).ToArray();
        TestContext.Out.WriteLine($"64 MiB one way into NumPy: {string.Join(", ", times.Select(t => $"{t:0.00} s"))} of the adapter's time; {watch.Elapsed.TotalSeconds / spent.Length:0.00} s each by the clock");
        Assert.That(times.Min(), Is.LessThan(1));
    }

    /// <summary>Processor time of the adapter so far: the clock also counts what else the machine does.</summary>
    private static double Spent(Answer answer)
    {
        var words = ((Declined)answer).Reason.Split(' ');
        Assert.That(words[0], Is.EqualTo($"{16 << 20}"));
        return double.Parse(words[^1], CultureInfo.InvariantCulture);
    }
}

using System.Diagnostics;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Wire;

/// <summary>What goes over the wire comes back as it was, and fast.</summary>
[NonParallelizable]
public class RoundTripTests
{
    /// <summary>Answers top_k with its input: every value there and back.</summary>
    private const string Echo = """
        import json, sys
        print(json.dumps({"protocol": 1, "name": "echo", "dtype": sys.argv[1]}), flush=True)
        sys.stdin.readline()
        for line in sys.stdin:
            question = json.loads(line)
            print(json.dumps({"id": question["id"], "outputs": {"y": question["inputs"]["x"]}}), flush=True)
        """;

    private static readonly Operation Operation = Catalogue.Standard.Find("top_k")!;

    private static readonly double[] Awkward =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 0.1, 1.0 / 3, Math.PI, -1e-300, 5e-324, double.MaxValue, 1e22, 123456789012345678,
    ];

    [TestCase("float64", DType.Float64, 1)]
    [TestCase("float32", DType.Float32, 1)]
    [TestCase("float16", DType.Float16, 1)]
    [TestCase("float64", DType.Float64, 1000)]
    [TestCase("float32", DType.Float32, 1000)]
    public void Ask_AnEcho_ComesBackBitForBit(string name, DType dtype, int times)
    {
        using var foreign = Start(name);
        var values = Enumerable.Repeat(Awkward, times).SelectMany(v => v).ToArray();
        var sent = Tensor.Of(dtype, [times, Awkward.Length], values);
        Assert.That(Echoed(foreign, sent).Identical(sent), Is.True);
    }

    [Test]
    public void Ask_AnEmptyTensor_KeepsItsShape()
    {
        using var foreign = Start("float64");
        Assert.That(Echoed(foreign, new Tensor([0, 3], Array.Empty<double>())).Shape.ToArray(), Is.EqualTo(new[] { 0, 3 }));
    }

    [Test]
    public void Ask_TwoThousandTimes_InUnderThreeSeconds()
    {
        using var foreign = Start("float32");
        var small = new Tensor([2, 3], new float[6]);
        Echoed(foreign, small);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 2000; i++)
        {
            Echoed(foreign, small);
        }

        TestContext.Out.WriteLine($"2,000 round trips: {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void Ask_SixtyFourMebibytes_CrossInUnderASecond()
    {
        const string Sink = """
            import json, sys
            print(json.dumps({"protocol": 1, "name": "sink", "dtype": "float32"}), flush=True)
            sys.stdin.readline()
            for line in sys.stdin:
                question = json.loads(line)
                print(json.dumps({"id": question["id"], "declined": str(len(question["inputs"]["x"]["base64"]))}), flush=True)
            """;
        using var foreign = Foreign.Start([Python.Program, "-c", Sink], TimeSpan.FromSeconds(10), Catalogue.Standard, "0.1");
        var inputs = Inputs(new Tensor([4096, 4096], new float[16 << 20]));
        foreign.Ask(Operation, Inputs(new Tensor([1, 1], new float[1])));
        var times = Enumerable.Range(0, 5).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            var answer = foreign.Ask(Operation, inputs);
            Assert.That(answer, Is.EqualTo(new Declined("89478488")));
            return watch.Elapsed;
        }).ToArray();

        TestContext.Out.WriteLine($"64 MiB one way: {string.Join(", ", times.Select(t => $"{t.TotalSeconds:0.00} s"))}");
        Assert.That(times.Min(), Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    private static Foreign Start(string dtype) =>
        Foreign.Start([Python.Program, "-c", Echo, dtype], TimeSpan.FromSeconds(10), Catalogue.Standard, "0.1");

    private static Tensor Echoed(Foreign foreign, Tensor sent) =>
        foreign.Ask(Operation, Inputs(sent)) is Answered answered ? answered.Outputs["y"] : throw new AssertionException("no answer");

    private static Dictionary<string, Tensor> Inputs(Tensor x) => new() { ["x"] = x, ["k"] = Tensor.Of(DType.Int64, [], [1]) };
}

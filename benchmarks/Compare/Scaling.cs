using System.Globalization;
using System.Reflection;
using LatentConformance.Simd;

namespace LatentConformance.Compare;

/// <summary>How the cost of ours grows with each axis, and what a second thread gives.</summary>
internal sealed class Scaling(Assembly kernels, int rounds)
{
    private static readonly Case Middle = new("vq_assign", "N=2048 K=2048 D=128", "", 0);

    /// <summary>Six doublings of each axis, the others as they are; the sizes take turns, so that a slow moment falls on all.</summary>
    public IEnumerable<(string Axis, string Sizes, Growth Growth)> Growths() => new[] { "N", "K", "D" }.Select(axis =>
    {
        int[] sizes = [.. Enumerable.Range(-2, 6).Select(power => (int)(Middle.Size(axis) * Math.Pow(2, power)))];
        var measured = Contest.Run([.. sizes.Select(n => Ours(n.ToString(CultureInfo.InvariantCulture), Middle.With(axis, n)))], rounds);
        double[] medians = [.. measured.Values.Select(ms => Spread.Of(ms).Median)];
        return (axis, string.Join(", ", sizes.Zip(medians, (n, ms) => $"{n}: {Text.Milliseconds(ms)}")), Growth.Of([.. sizes.Select(n => (double)n)], medians));
    });

    /// <summary>One thread and two in turn; beside them a loop that touches no memory, which shows whether two cores were free at all.</summary>
    public IEnumerable<(string Title, Spread Gain)> Threads()
    {
        yield return ("nothing but arithmetic in registers", Gain(Spun(1), Spun(2)));
        foreach (var asked in Cases.ComputeBound.Where(c => SpanKernel.Find(kernels, c.Name) is not null))
        {
            var call = Ours("", asked).Run;
            yield return (asked.Title, Gain(On(1, call), On(2, call)));
        }
    }

    private Spread Gain(Func<int, double> one, Func<int, double> two)
    {
        var measured = Contest.Run([new Contestant("one", Kind.Ours, one), new Contestant("two", Kind.Ours, two)], rounds);
        return Spread.OfRatios(measured["one"], measured["two"]);
    }

    private Func<int, double> On(int threads, Func<int, double> call) => times =>
    {
        Workers.Threads = threads;
        return call(times);
    };

    private Contestant Ours(string name, Case asked) =>
        Contestant.Here(name, Kind.Ours, SpanKernel.Find(kernels, asked.Name)!.Bind(asked, Inputs.Draw(asked)).Call, peers: null);

    /// <summary>Threads of its own: the pool's may take their time to come.</summary>
    private static Func<int, double> Spun(int threads) => Contestant.Here("", Kind.Ours, () =>
    {
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(_ => new Thread(() => Spin(40_000_000 / threads)))];
        Array.ForEach(others, t => t.Start());
        Spin(40_000_000 / threads);
        Array.ForEach(others, t => t.Join());
    }, peers: null).Run;

    private static uint Spin(int steps)
    {
        var state = 1u;
        for (var i = 0; i < steps; i++)
        {
            state = (state * 1664525) + 1013904223;
        }

        return state;
    }
}

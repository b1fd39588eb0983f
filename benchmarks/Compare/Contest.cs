using System.Diagnostics;

namespace LatentConformance.Compare;

internal enum Kind
{
    Ours,
    Peer,
    Sgemm,
    Read,
    Copy,
}

/// <summary>One that takes its turn in every round; Run answers milliseconds a call.</summary>
internal sealed record Contestant(string Name, Kind Kind, Func<int, double> Run)
{
    /// <summary>One in this process: the peers' process stands still meanwhile.</summary>
    /// <param name="clock">The wall's unless said.</param>
    public static Contestant Here(string name, Kind kind, Action call, PeerProcess? peers, Func<Action, double>? clock = null) => new(name, kind, times =>
    {
        peers?.Pause();
        var took = (clock ?? WallClock.Time)(() =>
        {
            for (var i = 0; i < times; i++)
            {
                call();
            }
        });
        peers?.Continue();
        return took / times;
    });

    public static Contestant There(string name, Kind kind, PeerProcess peers) => new(name, kind, times => peers.Run(name, times));
}

/// <summary>Turns in rounds: whatever else the machine does falls on all alike, and no one always follows the same one.</summary>
internal static class Contest
{
    /// <summary>A turn lasts this long at least, so that a call of microseconds is not lost in the clock.</summary>
    private const double TurnMilliseconds = 20;

    /// <summary>Just-in-time compilation goes on in the background for a while: ours is called until it is over.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static Dictionary<string, double[]> Run(IReadOnlyList<Contestant> contestants, int rounds)
    {
        var times = contestants.ToDictionary(c => c.Name, Calls);
        var measured = contestants.ToDictionary(c => c.Name, _ => new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contestant in Order(contestants, round))
            {
                measured[contestant.Name][round] = contestant.Run(times[contestant.Name]);
            }
        }

        return measured;
    }

    /// <summary>Each round begins with the next, and every other round runs backwards.</summary>
    public static IEnumerable<T> Order<T>(IReadOnlyList<T> all, int round)
    {
        var turned = Enumerable.Range(0, all.Count).Select(i => all[(i + (round / 2)) % all.Count]);
        return round % 2 == 0 ? turned : turned.Reverse();
    }

    private static int Calls(Contestant contestant)
    {
        contestant.Run(1);
        var began = Stopwatch.GetTimestamp();
        var fastest = contestant.Run(1);
        while (contestant.Kind == Kind.Ours && Stopwatch.GetElapsedTime(began) < WarmUp)
        {
            fastest = Math.Min(fastest, contestant.Run(8));
            Thread.Sleep(20);
        }

        return (int)Math.Clamp(TurnMilliseconds / fastest, 1, 1_000_000);
    }
}

using System.Diagnostics;

namespace LatentConformance.Compare;

internal static class WallClock
{
    /// <summary>Milliseconds from the first call to the return of the last.</summary>
    public static double Time(Action turn)
    {
        var began = Stopwatch.GetTimestamp();
        turn();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}

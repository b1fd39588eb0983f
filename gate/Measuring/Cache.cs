using System.Globalization;

namespace LatentConformance.Gate.Measuring;

/// <summary>How much memory has to be gone through before what was read first is out of every cache.</summary>
internal static class Cache
{
    private const long Usual = 32 << 20;

    /// <summary>Twice the last level.</summary>
    public static long Beyond { get; } = 2 * LastLevel();

    private static long LastLevel()
    {
        try
        {
            var text = File.ReadAllText("/sys/devices/system/cpu/cpu0/cache/index3/size").Trim();
            return text.EndsWith('K') && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? kib << 10 : Usual;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return Usual;
        }
    }
}

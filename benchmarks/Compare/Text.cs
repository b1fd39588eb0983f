using System.Globalization;

namespace LatentConformance.Compare;

/// <summary>Numbers as they read alike on every machine.</summary>
internal static class Text
{
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Three digits that count, with their unit.</summary>
    public static string Milliseconds(double ms) => ms switch
    {
        < 1 => (ms * 1000).ToString("0.0", CultureInfo.InvariantCulture) + " us",
        < 10 => ms.ToString("0.00", CultureInfo.InvariantCulture) + " ms",
        _ => ms.ToString("0.0", CultureInfo.InvariantCulture) + " ms",
    };

    public static string Ratio(Spread ratio) => Invariant(
        $"**{ratio.Median:0.00}** [{ratio.LowerQuartile:0.00}, {ratio.UpperQuartile:0.00}] ({ratio.Least:0.00}..{ratio.Most:0.00})");
}

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>
/// How likely wrong answers fit a reading by chance. A narrow dtype leaves every number open by percents, and of hundreds of
/// readings one will fit two such numbers: the more was tried, the more witnesses have to agree.
/// </summary>
internal static class Coincidence
{
    private const double Unlikely = 1.0 / 1024;

    /// <param name="openness">What each witness leaves open, as a share of its number.</param>
    /// <param name="fitted">How many numbers were made to fit: so many witnesses, the sharpest, agree with anything.</param>
    /// <param name="tried">How many readings were tried, this one included.</param>
    public static bool IsExcluded(IEnumerable<double> openness, int fitted, int tried) =>
        openness.Order().Skip(fitted).Aggregate((double)tried, (chance, open) => chance * open) <= Unlikely;
}

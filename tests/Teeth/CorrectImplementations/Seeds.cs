using System.Globalization;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

/// <summary>A few seeds in every run, and as many as LATENT_SEEDS says in a long one.</summary>
internal static class Seeds
{
    private const string Variable = "LATENT_SEEDS";

    public static ulong[] Of(int inEveryRun)
    {
        var count = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : inEveryRun;
        return [.. Enumerable.Range(1, count).Select(s => (ulong)s)];
    }
}

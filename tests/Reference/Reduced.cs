using LatentConformance.Contract;

namespace LatentConformance.Tests.Reference;

/// <summary>The reduce convention said once more, for the second routes: weights of the samples in what is returned.</summary>
internal static class Reduced
{
    public static readonly string[] Ways = ["none", "sum", "batch_mean", "mean"];

    public static Conventions Convention(string way) => Conventions.House.With(Conventions.ReduceName, way);

    /// <param name="elements">How many elements each sample's value adds up.</param>
    public static Estimate[] By(string way, IReadOnlyList<Estimate> perSample, int elements) =>
        way == "none" ? [.. perSample] : [Weight(way, perSample.Count, elements) * Estimate.Sum(perSample)];

    public static double Weight(string way, int samples, int elements) => way switch
    {
        "batch_mean" => 1.0 / samples,
        "mean" => 1.0 / (samples * elements),
        _ => 1,
    };
}

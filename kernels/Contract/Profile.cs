namespace LatentConformance.Contract;

/// <summary>
/// The conventions of a well-known code base under one name. Matching a profile and being right are two things: the
/// verdict is reached under the profile, and the report says what in it departs from the house.
/// </summary>
public sealed record Profile(string Name, string About)
{
    public static readonly Profile None = new("none", "The house's own conventions.");

    public static readonly IReadOnlyList<Profile> Known =
    [
        new("latent-diffusion", "The KL autoencoder of CompVis/latent-diffusion and diffusers: log-variance clamped to [-30, 20].")
        {
            Conventions = Conventions.House with { LogvarClamp = (-30, 20) },
        },
        new("taming", "VectorQuantizer2 of CompVis/taming-transformers as it is by default: means over all elements, beta on the codebook term.")
        {
            Conventions = Conventions.House with { Reduce = "mean", Beta = "legacy" },
        },
        new("lucidrains", "vector-quantize-pytorch: a mean commitment loss, the gradient turned by the rotation trick.")
        {
            Conventions = Conventions.House with { Reduce = "mean", Estimator = "rotation" },
        },
        new("encodec", "The residual quantizer of facebookresearch/encodec: mean commitment losses, straight through.")
        {
            Conventions = Conventions.House with { Reduce = "mean" },
        },
        new("lesson", "A course's training loop: sums over a sample, the mean over the batch.")
        {
            Conventions = Conventions.House with { Reduce = "batch_mean" },
        },
    ];

    public Conventions Conventions { get; init; } = Conventions.House;

    public IReadOnlyDictionary<string, Conventions> ByOperation { get; init; } = new Dictionary<string, Conventions>();
}

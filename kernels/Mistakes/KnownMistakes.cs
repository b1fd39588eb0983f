using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Every known mistake, family by family.</summary>
public static class KnownMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        .. KlMistakes.All,
        .. KlGaussiansMistakes.All,
        .. ReparameterizeMistakes.All,
        .. ReconstructionMistakes.All,
        .. BceMistakes.All,
        .. VaeLossMistakes.All,
        .. LinearGaussianMistakes.All,
        .. VqAssignMistakes.All,
        .. VqMapMistakes.All,
        .. StraightThroughMistakes.All,
        .. VqLossMistakes.All,
        .. FsqMistakes.All,
        .. FsqIndexMistakes.All,
        .. ConvolutionMistakes.All,
        .. ConvTransposeMistakes.All,
        .. ResamplingMistakes.All,
        .. GroupNormMistakes.All,
        .. ConvolutionArithmeticMistakes.All,
        .. HierarchyMistakes.All,
        .. BoundMistakes.All,
        .. GumbelMistakes.All,
        .. SparseMistakes.All,
        .. MetricsMistakes.All,
        .. ResidualMistakes.All,
        .. GroupedMistakes.All,
        .. LookupFreeMistakes.All,
        .. LookupFreeEntropyMistakes.All,
        .. EmaMistakes.All,
        .. EmaLessonMistakes.All,
        .. RevivalMistakes.All,
        .. TrainStepMistakes.All,
        .. CodebookHealthMistakes.All,
        .. GaussianSampleMistakes.All,
        .. LossScaleMistakes.All,
        .. TcDecompositionMistakes.All,
        .. MmdMistakes.All,
        .. ImportanceMistakes.All,
        .. NvaeBalancerMistakes.All,
        .. MigMistakes.All,
        .. CosineMistakes.All,
        .. EmaCosineMistakes.All,
        .. CodebookInitMistakes.All,
        .. CodebookDiversityMistakes.All,
        .. QuantizerGradientMistakes.All,
        .. QuantizerLayerMistakes.All,
        .. QuantizerEmaLayerMistakes.All,
        .. RefusalMistakes.All,
    ];
}

namespace LatentConformance.Contract;

/// <summary>How much of a codebook is in use, told from the indices that a quantizer chose. codebook_size is K, used or not.</summary>
public interface ICodebookHealth
{
    /// <summary>How often each of the K codes was chosen; zero for those that never were, the last ones too.</summary>
    [Operation("usage_counts(indices: int[N], codebook_size: int) -> counts: int[K]")]
    [Domain("indices in [0, codebook_size)")]
    Tensor UsageCounts(Tensor indices, long codebookSize) => throw new NotImplementedException();

    /// <summary>The share of the K codes that was chosen at least once.</summary>
    [Operation("utilization(indices: int[N], codebook_size: int) -> fraction: float")]
    [Domain("indices in [0, codebook_size)")]
    Tensor Utilization(Tensor indices, long codebookSize) => throw new NotImplementedException();

    /// <summary>exp(−Σ p ln p) of p = counts / Σ counts, with 0 ln 0 = 0: how many codes used equally would be as diverse.</summary>
    [Operation("perplexity(counts: int[K]) -> perplexity: float")]
    [Domain("counts in [0, inf)")]
    Tensor Perplexity(Tensor counts) => throw new NotImplementedException();

    /// <summary>All three over an epoch of T batches, whose counts are pooled before anything is made of them.</summary>
    [Operation("epoch_usage(indices: int[T,N], codebook_size: int) -> counts: int[K], fraction: float, perplexity: float")]
    [Domain("indices in [0, codebook_size)")]
    (Tensor? Counts, Tensor? Fraction, Tensor? Perplexity) EpochUsage(Tensor indices, long codebookSize) => throw new NotImplementedException();

    /// <summary>The utilization of each of G codebooks of one size: group g counts the codes of column g alone.</summary>
    [Operation("utilization_groups(indices: int[N,G], codebook_size: int) -> fractions: float[G]")]
    [Domain("indices in [0, codebook_size)")]
    Tensor UtilizationGroups(Tensor indices, long codebookSize) => throw new NotImplementedException();

    /// <summary>The perplexity of each of G codebooks, from a row of counts each, and the plain mean of these.</summary>
    [Operation("perplexity_groups(counts: int[G,K]) -> perplexities: float[G], mean: float")]
    [Domain("counts in [0, inf)")]
    (Tensor? Perplexities, Tensor? Mean) PerplexityGroups(Tensor counts) => throw new NotImplementedException();
}

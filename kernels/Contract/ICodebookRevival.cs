namespace LatentConformance.Contract;

/// <summary>
/// Rows of a batch for dead codes to take. A uniform u in [0, 1) stands for row ⌊u n⌋ of n, with replacement; the
/// numbers are an input. What is drawn is detached, so nothing here has a gradient.
/// </summary>
public interface ICodebookRevival
{
    /// <summary>n are the rows whose mask is 1: padding is never drawn. An index is the row's number in the batch.</summary>
    [Operation("sample_rows(z: float[N,D], mask: float[N], uniforms: float[M]) -> rows: float[M,D], indices: int[M]")]
    [Domain("mask in {0, 1}")]
    [Domain("uniforms in [0, 1)")]
    (Tensor? Rows, Tensor? Indices) SampleRows(Tensor z, Tensor mask, Tensor uniforms) => throw new NotImplementedException();

    /// <summary>
    /// What each of S workers puts into each of H codebooks. A head draws from the rows of all workers, row i of worker s
    /// being number s·N + i; every worker holds uniforms of its own, and all of them go by those of worker 0.
    /// </summary>
    [Operation("revival_rows(z: float[S,H,N,D], uniforms: float[S,H,M]) -> rows: float[S,H,M,D], indices: int[S,H,M]")]
    [Domain("uniforms in [0, 1)")]
    (Tensor? Rows, Tensor? Indices) RevivalRows(Tensor z, Tensor uniforms) => throw new NotImplementedException();
}

namespace LatentConformance.Contract;

/// <summary>
/// A codebook that learns without a gradient: from state to state, the state being the codes e, their running counts N and
/// their running sums m. Statistics are detached, and a start is no function of a model, so nothing here has a gradient. Draws and
/// candidates for revival are inputs.
/// </summary>
public interface ICodebookLearning
{
    /// <summary>e ← γ e + (1 − γ) · mean of the vectors assigned to it; a code without vectors stays as it is.</summary>
    [Operation("ema_update_lesson(codebook: float[K,D], z: float[N,D], indices: int[N], decay: float) -> new_codebook: float[K,D]")]
    [Domain("indices in [0, K)")]
    Tensor EmaUpdateLesson(Tensor codebook, Tensor z, Tensor indices, double decay) => throw new NotImplementedException();

    /// <summary>N ← γ N + (1 − γ) n, m ← γ m + (1 − γ) Σ z, e = m / Ñ with Ñ = (N + ε) / (ΣN + K ε) · ΣN.</summary>
    [Operation("ema_update(counts: float[K], sums: float[K,D], z: float[N,D], indices: int[N], decay: float, epsilon: float) -> new_counts: float[K], new_sums: float[K,D], new_codebook: float[K,D]")]
    [Domain("counts in [0, inf]")]
    [Domain("indices in [0, K)")]
    (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdate(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon) => throw new NotImplementedException();

    /// <summary>The same where rows whose mask is 0 are padding and count for nothing.</summary>
    [Operation("ema_update_masked(counts: float[K], sums: float[K,D], z: float[N,D], indices: int[N], mask: float[N], decay: float, epsilon: float) -> new_counts: float[K], new_sums: float[K,D], new_codebook: float[K,D]")]
    [Domain("counts in [0, inf]")]
    [Domain("indices in [0, K)")]
    [Domain("mask in {0, 1}")]
    (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdateMasked(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, Tensor mask, double decay, double epsilon) => throw new NotImplementedException();

    /// <summary>The same for a batch that S workers share: their statistics are added before the update.</summary>
    [Operation("ema_update_shards(counts: float[K], sums: float[K,D], z: float[S,N,D], indices: int[S,N], decay: float, epsilon: float) -> new_counts: float[K], new_sums: float[K,D], new_codebook: float[K,D]")]
    [Domain("counts in [0, inf]")]
    [Domain("indices in [0, K)")]
    (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdateShards(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon) => throw new NotImplementedException();

    /// <summary>
    /// On the sphere: the directions ẑ of a code's vectors are averaged, e ← γ e + (1 − γ) · that mean's direction, and e is brought back to
    /// length one. A code without vectors stays as it is. Codes come in of length one; x̂ = x / max(‖x‖, epsilon).
    /// </summary>
    [Operation("ema_update_cosine(codebook: float[K,D], z: float[N,D], indices: int[N], decay: float, epsilon: float) -> new_codebook: float[K,D]")]
    [Domain("indices in [0, K)")]
    Tensor EmaUpdateCosine(Tensor codebook, Tensor z, Tensor indices, double decay, double epsilon) => throw new NotImplementedException();

    /// <summary>A start that is uniform in ±1/K, from draws that are uniform in [0, 1].</summary>
    [Operation("codebook_init_uniform(uniforms: float[K,D]) -> codebook: float[K,D]")]
    [Domain("uniforms in [0, 1]")]
    Tensor CodebookInitUniform(Tensor uniforms) => throw new NotImplementedException();

    /// <summary>Codes of length one on average, N(0, 1/D) an element, from draws that are N(0, 1).</summary>
    [Operation("codebook_init_normal(normals: float[K,D]) -> codebook: float[K,D]")]
    Tensor CodebookInitNormal(Tensor normals) => throw new NotImplementedException();

    /// <summary>One step of Lloyd's algorithm: each centre to the mean of the points nearest to it, an empty one stays.</summary>
    [Operation("kmeans_step(data: float[N,D], centroids: float[K,D]) -> new_centroids: float[K,D], indices: int[N]")]
    (Tensor? NewCentroids, Tensor? Indices) KmeansStep(Tensor data, Tensor centroids) => throw new NotImplementedException();

    /// <summary>
    /// A code is dead where its count is below the threshold. The i-th dead code, ascending, takes the i-th candidate: e is the
    /// candidate, N the reset count, m their product.
    /// </summary>
    [Operation("revive(codebook: float[K,D], counts: float[K], sums: float[K,D], candidates: float[M,D], threshold: float, reset_count: float) -> new_codebook: float[K,D], new_counts: float[K], new_sums: float[K,D]")]
    [Domain("counts in [0, inf]")]
    (Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) Revive(
        Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double threshold, double resetCount) => throw new NotImplementedException();

    /// <summary>
    /// Looks up in the codebook as it was, then ema_update, then revive with the threshold for the reset count. Where training is
    /// 0 it only looks up.
    /// </summary>
    [Operation("vq_train_step(z: float[N,D], codebook: float[K,D], counts: float[K], sums: float[K,D], candidates: float[M,D], decay: float, epsilon: float, threshold: float, training: int) -> quantized: float[N,D], indices: int[N], new_codebook: float[K,D], new_counts: float[K], new_sums: float[K,D]")]
    (Tensor? Quantized, Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqTrainStep(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold, long training) => throw new NotImplementedException();

    /// <summary>T training steps on end, a batch and a list of candidates each: what one step leaves behind, the next finds.</summary>
    [Operation("vq_train_steps(z: float[T,N,D], codebook: float[K,D], counts: float[K], sums: float[K,D], candidates: float[T,M,D], decay: float, epsilon: float, threshold: float) -> indices: int[T,N], new_codebook: float[K,D], new_counts: float[K], new_sums: float[K,D]")]
    (Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqTrainSteps(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold) => throw new NotImplementedException();

    /// <summary>
    /// ema_update as Sonnet has it: hidden averages H that begin at zero, H ← γ H + (1 − γ) · batch, and H / (1 − γ^t) in the
    /// place of N and m, in the step number t = step + 1. γ is below one.
    /// </summary>
    [Operation("ema_update_sonnet(hidden_counts: float[K], hidden_sums: float[K,D], step: int, z: float[N,D], indices: int[N], decay: float, epsilon: float) -> new_hidden_counts: float[K], new_hidden_sums: float[K,D], average_counts: float[K], average_sums: float[K,D], new_codebook: float[K,D]")]
    [Domain("indices in [0, K)")]
    (Tensor? NewHiddenCounts, Tensor? NewHiddenSums, Tensor? AverageCounts, Tensor? AverageSums, Tensor? NewCodebook) EmaUpdateSonnet(
        Tensor hiddenCounts, Tensor hiddenSums, long step, Tensor z, Tensor indices, double decay, double epsilon) => throw new NotImplementedException();

    /// <summary>T such updates on end: the codes after each, and what would have to be stored to go on.</summary>
    [Operation("ema_steps_sonnet(hidden_counts: float[K], hidden_sums: float[K,D], step: int, z: float[T,N,D], indices: int[T,N], decay: float, epsilon: float) -> codebooks: float[T,K,D], new_hidden_counts: float[K], new_hidden_sums: float[K,D], new_step: int")]
    (Tensor? Codebooks, Tensor? NewHiddenCounts, Tensor? NewHiddenSums, Tensor? NewStep) EmaStepsSonnet(
        Tensor hiddenCounts, Tensor hiddenSums, long step, Tensor z, Tensor indices, double decay, double epsilon) => throw new NotImplementedException();

    /// <summary>
    /// Q residual stages that share one codebook: all of them look up in the codebook as it was, then one ema_update with the
    /// residuals and indices of all stages together. The state decays once.
    /// </summary>
    [Operation("rvq_shared_train_step(z: float[N,D], codebook: float[K,D], counts: float[K], sums: float[K,D], stages: int, decay: float, epsilon: float) -> quantized: float[N,D], indices: int[N,Q], new_codebook: float[K,D], new_counts: float[K], new_sums: float[K,D]")]
    (Tensor? Quantized, Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) RvqSharedTrainStep(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, long stages, double decay, double epsilon) => throw new NotImplementedException();
}

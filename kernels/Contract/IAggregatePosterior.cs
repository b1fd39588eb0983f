namespace LatentConformance.Contract;

/// <summary>The posterior of all data at once, q(z) = mean of q(z|x): what of the KL it explains, and how far it is from another sample.</summary>
public interface IAggregatePosterior
{
    /// <summary>
    /// The sampled KL of each z in three: log q(z|x)/q(z), log q(z)/Π q(z_d), log Π q(z_d)/p(z). Each q(z) by minibatch
    /// weighting: log Σ_j q(z|x_j) − log(dataset_size · B), over the batch.
    /// </summary>
    [Operation("tc_decomposition(z: float[B,D], mu: float[B,D], logvar: float[B,D], dataset_size: int) -> mutual_information: float[B], total_correlation: float[B], dimension_kl: float[B]")]
    (Tensor? MutualInformation, Tensor? TotalCorrelation, Tensor? DimensionKl) TcDecomposition(Tensor z, Tensor mu, Tensor logvar, long datasetSize) => throw new NotImplementedException();

    [Operation("tc_decomposition.vjp(z: float[B,D], mu: float[B,D], logvar: float[B,D], dataset_size: int, d_mutual_information: float[B], d_total_correlation: float[B], d_dimension_kl: float[B]) -> d_z: float[B,D], d_mu: float[B,D], d_logvar: float[B,D]")]
    (Tensor? DZ, Tensor? DMu, Tensor? DLogvar) TcDecompositionVjp(
        Tensor z, Tensor mu, Tensor logvar, long datasetSize, Tensor dMutualInformation, Tensor dTotalCorrelation, Tensor dDimensionKl) => throw new NotImplementedException();

    /// <summary>Unbiased MMD² under the kernel e^(−‖a − b‖² / 2 bandwidth²): pairs of a point with itself are left out; it may be negative.</summary>
    [Operation("mmd_rbf(x: float[N,D], y: float[M,D], bandwidth: float) -> mmd: float")]
    Tensor MmdRbf(Tensor x, Tensor y, double bandwidth) => throw new NotImplementedException();

    [Operation("mmd_rbf.vjp(x: float[N,D], y: float[M,D], bandwidth: float, d_mmd: float) -> d_x: float[N,D], d_y: float[M,D]")]
    (Tensor? DX, Tensor? DY) MmdRbfVjp(Tensor x, Tensor y, double bandwidth, double dMmd) => throw new NotImplementedException();

    /// <summary>The same under the inverse multiquadratic kernel scale / (scale + ‖a − b‖²).</summary>
    [Operation("mmd_imq(x: float[N,D], y: float[M,D], scale: float) -> mmd: float")]
    Tensor MmdImq(Tensor x, Tensor y, double scale) => throw new NotImplementedException();

    [Operation("mmd_imq.vjp(x: float[N,D], y: float[M,D], scale: float, d_mmd: float) -> d_x: float[N,D], d_y: float[M,D]")]
    (Tensor? DX, Tensor? DY) MmdImqVjp(Tensor x, Tensor y, double scale, double dMmd) => throw new NotImplementedException();
}

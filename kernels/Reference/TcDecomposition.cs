using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// With ℓ_ijd = log q(z_id|x_j) and L = log(N B), N data and a batch of B:
//   log q(z_i) ≈ lse_j Σ_d ℓ_ijd − L,   log Π_d q(z_id) ≈ Σ_d (lse_j ℓ_ijd − L)     (a constant, but D times in the second)
//   mutual information  Σ_d ℓ_iid − log q(z_i);  total correlation  log q(z_i) − log Π;  dimension KL  log Π − log p(z_i).
// Their sum is log q(z_i|x_i) − log p(z_i). A cotangent g reaches ℓ_ijd as
//   c_ijd = δ_ij g_mi + (g_tc − g_mi) w_ij + (g_kl − g_tc) v_ijd, w and v the shares of j in the two sums.
public sealed partial class ReferenceKernels : IAggregatePosterior
{
    public (Tensor? MutualInformation, Tensor? TotalCorrelation, Tensor? DimensionKl) TcDecomposition(
        Tensor z, Tensor mu, Tensor logvar, long datasetSize)
    {
        RefuseUnlessAggregate(z, mu, logvar, datasetSize);
        var (samples, elements) = SamplesOf(z);
        var constant = Log((double)datasetSize * samples);
        var joint = Answers.Each(samples, i => Terms(LogSumExp(JointDensities(z, mu, logvar, i)), -constant));
        var marginals = Answers.Each(samples, i => Answers.Sum(elements, d => Terms(LogSumExp(DensitiesOf(z, mu, logvar, i, d)), -constant)));
        Tensor PerSample(Func<int, Real> value) => Answers.Floats([samples], Answers.Each(samples, value));
        return (
            PerSample(i => Terms(Density(z, mu, logvar, i, i), -joint[i])),
            PerSample(i => Terms(joint[i], -marginals[i])),
            PerSample(i => Terms(marginals[i], -Answers.Sum(elements, d => Terms(LogDensity.PriorParts(z[i, d]))))));
    }

    public (Tensor? DZ, Tensor? DMu, Tensor? DLogvar) TcDecompositionVjp(
        Tensor z, Tensor mu, Tensor logvar, long datasetSize, Tensor dMutualInformation, Tensor dTotalCorrelation, Tensor dDimensionKl)
    {
        RefuseUnlessAggregate(z, mu, logvar, datasetSize);
        var (samples, elements) = SamplesOf(z);
        var joint = Enumerable.Range(0, samples).Select(i => Shares(JointDensities(z, mu, logvar, i))).ToArray();
        var marginal = Each(samples, elements, (i, d) => Shares(DensitiesOf(z, mu, logvar, i, d)));
        Real[] Reaching(int i, int j, int d) =>
        [
            i == j ? dMutualInformation[i] : 0,
            ((Real)dTotalCorrelation[i] - dMutualInformation[i]) * joint[i][j],
            ((Real)dDimensionKl[i] - dTotalCorrelation[i]) * marginal[i][d][j],
        ];
        Real Spread(Func<int, IEnumerable<Real>> parts) => LogDensity.Joined([.. Enumerable.Range(0, samples).SelectMany(parts)]);
        return (
            Answers.Matrix(samples, elements, (i, d) => Terms(
                dDimensionKl[i] * (Real)z[i, d],
                Spread(j => Reaching(i, j, d).Select(c => -(c * LogDensity.Pull(z[i, d], mu[j, d], logvar[j, d])))))),
            Answers.Matrix(samples, elements, (j, d) => Spread(i => Reaching(i, j, d).Select(c => c * LogDensity.Pull(z[i, d], mu[j, d], logvar[j, d])))),
            Answers.Matrix(samples, elements, (j, d) => Spread(i => Reaching(i, j, d).Select(c => c * LogDensity.SlopeByLogvar(z[i, d], mu[j, d], logvar[j, d])))));
    }

    /// <summary>log q(z_i|x_j).</summary>
    private static Real Density(Tensor z, Tensor mu, Tensor logvar, int i, int j) =>
        LogDensity.Joined([.. Enumerable.Range(0, z.Shape[1]).SelectMany(d => LogDensity.Parts(z[i, d], mu[j, d], logvar[j, d]))]);

    private static Real[] JointDensities(Tensor z, Tensor mu, Tensor logvar, int i) =>
        Answers.Each(z.Shape[0], j => Density(z, mu, logvar, i, j));

    private static Real[] DensitiesOf(Tensor z, Tensor mu, Tensor logvar, int i, int d) =>
        Answers.Each(z.Shape[0], j => LogDensity.Of(z[i, d], mu[j, d], logvar[j, d]));

    private static Real[][][] Each(int rows, int columns, Func<int, int, Real[]> element) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => element(i, j)).ToArray())];

    private static void RefuseUnlessAggregate(Tensor z, Tensor mu, Tensor logvar, long datasetSize)
    {
        Refuse.UnlessSameShape(z, mu, logvar);
        Refuse.UnlessPositive("dataset_size", datasetSize);
    }
}

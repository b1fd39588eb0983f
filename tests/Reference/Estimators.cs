using LatentConformance.Contract;
using MathNet.Numerics.LinearAlgebra;

namespace LatentConformance.Tests.Reference;

/// <summary>
/// How a gradient passes the quantizer, by the surrogate that each estimator declares: a function of z whose other
/// arguments are frozen copies, so that it can be differentiated by differences like any other.
/// </summary>
internal static class Estimators
{
    public static readonly string[] All = ["straight_through", "rotation"];

    public static Conventions Convention(string estimator) => Conventions.House.With(Conventions.EstimatorName, estimator);

    /// <summary>⟨upstream, surrogate(z)⟩ differentiated at z: z + sg(e − z), or sg(‖e‖/‖z‖ R) z.</summary>
    public static Estimate[] Gradient(string estimator, double[] z, double[] code, double[] upstream)
    {
        var at = Tensors.Vector(z);
        if (estimator == "straight_through")
        {
            var jump = code.Zip(z, (e, v) => e - v).ToArray();
            return CentralDifference.Gradient(at, v => Estimate.Sum(upstream.Select((g, j) => g * (v[j] + jump[j]))));
        }

        var frozen = ScaledRotation(z, code);
        return CentralDifference.Gradient(at, v => Estimate.Sum(
            from i in Enumerable.Range(0, z.Length)
            from j in Enumerable.Range(0, z.Length)
            select upstream[i] * frozen[i, j] * v[j]));
    }

    /// <summary>
    /// Rodrigues in the plane of z and e: R = I + K + K²/(1 + cos) with K = ê ẑᵀ − ẑ êᵀ, the smallest rotation that
    /// takes ẑ to ê.
    /// </summary>
    public static Matrix<double> ScaledRotation(double[] z, double[] code)
    {
        var (from, to) = (Vector<double>.Build.DenseOfArray(z), Vector<double>.Build.DenseOfArray(code));
        var scale = to.L2Norm() / from.L2Norm();
        (from, to) = (from.Normalize(2), to.Normalize(2));
        var turn = to.OuterProduct(from) - from.OuterProduct(to);
        return scale * (Matrix<double>.Build.DenseIdentity(z.Length) + turn + (turn * turn / (1 + (from * to))));
    }
}

using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// Σ_j ρ (log ρ − log ρ̂_j) + (1 − ρ)(log(1 − ρ) − log(1 − ρ̂_j)), ρ̂_j = mean of h_bj over the batch.
// ∂/∂h_bj = ((1 − ρ)/(1 − ρ̂_j) − ρ/ρ̂_j) / B.
public sealed partial class ReferenceKernels : ISparseAutoencoder
{
    public Tensor KlSparsity(Tensor activations, double rho)
    {
        RefuseUnlessActivations(activations, rho);
        return Answers.Scalar(Answers.Sum(activations.Shape[1], j =>
        {
            var mean = MeanActivation(activations, j);
            return Terms(
                rho * Log(rho), -(rho * Log(mean)), (1 - (Real)rho) * Log(1 - (Real)rho), -((1 - (Real)rho) * Log(1 - mean)));
        }));
    }

    public Tensor KlSparsityVjp(Tensor activations, double rho, double dPenalty)
    {
        RefuseUnlessActivations(activations, rho);
        var slopes = Answers.Each(activations.Shape[1], j =>
        {
            var mean = MeanActivation(activations, j);
            return dPenalty * Terms((1 - (Real)rho) / (1 - mean), -(rho / mean)) / activations.Shape[0];
        });
        return Answers.Matrix(activations.Shape[0], activations.Shape[1], (_, j) => slopes[j]);
    }

    private static Real MeanActivation(Tensor activations, int unit) =>
        Answers.Sum(activations.Shape[0], b => activations[b, unit]) / activations.Shape[0];

    private static void RefuseUnlessActivations(Tensor activations, double rho)
    {
        if (activations.Shape[0] == 0)
        {
            throw new RefusalException("the mean activation of an empty batch is not a number");
        }

        if (!(rho > 0 && rho < 1))
        {
            throw new RefusalException($"rho is {rho}; it lies strictly between 0 and 1");
        }

        for (var j = 0; j < activations.Shape[1]; j++)
        {
            var mean = MeanActivation(activations, j).Value;
            if (!(mean > 0 && mean < 1))
            {
                throw new RefusalException($"unit {j} is active {mean} on average; that lies strictly between 0 and 1");
            }
        }
    }
}

using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// wd KL(sg(q) ‖ p) + wr KL(q ‖ sg(p)): in value (wd + wr) KL; q learns from wr alone and p from wd alone.
public sealed partial class ReferenceKernels
{
    public Tensor KlBalancing(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation)
    {
        RefuseUnlessBalanced(muQ, logvarQ, muP, logvarP, weightDynamics, weightRepresentation);
        var (samples, elements) = SamplesOf(muQ);
        return Answers.Floats([samples], Answers.Each(samples, b =>
        {
            var kl = KlGaussiansOfSample(muQ, logvarQ, muP, logvarP, b, elements);
            return (weightDynamics * kl) + (weightRepresentation * kl);
        }));
    }

    public (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlBalancingVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation, Tensor dLoss)
    {
        RefuseUnlessBalanced(muQ, logvarQ, muP, logvarP, weightDynamics, weightRepresentation);
        var (_, elements) = SamplesOf(muQ);
        Real Weighted(double weight, int i, Real slope) => (Real)dLoss[i / elements] * weight * slope;
        Real Pull(int i) => ((Real)muQ[i] - muP[i]) / Exp(logvarP[i]);
        return (
            Answers.Like(muQ, i => Weighted(weightRepresentation, i, Pull(i))),
            Answers.Like(muQ, i => Weighted(weightRepresentation, i, 0.5 * Terms(VarianceRatio(logvarQ[i], logvarP[i]), -1))),
            Answers.Like(muQ, i => Weighted(weightDynamics, i, -Pull(i))),
            Answers.Like(muQ, i => Weighted(weightDynamics, i, 0.5 * Terms(
                1, -VarianceRatio(logvarQ[i], logvarP[i]), -ShiftTerm(muQ[i], muP[i], logvarP[i])))));
    }

    private static void RefuseUnlessBalanced(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation)
    {
        Refuse.UnlessSameShape(muQ, logvarQ, muP, logvarP);
        Refuse.UnlessFiniteAndNotNegative("weight_dynamics", weightDynamics);
        Refuse.UnlessFiniteAndNotNegative("weight_representation", weightRepresentation);
    }
}

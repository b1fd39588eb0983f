namespace LatentConformance.Torch;

// wd KL(sg(q) ‖ p) + wr KL(q ‖ sg(p)): q learns from wr alone and p from wd alone.
public static class KlBalancing
{
    [Kernel("kl_balancing")]
    public static Tensor Forward(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation)
    {
        Refuse.UnlessFiniteAndNotNegative("weight_dynamics", weightDynamics);
        Refuse.UnlessFiniteAndNotNegative("weight_representation", weightRepresentation);
        var dynamics = KlGaussians.Forward(muQ.detach(), logvarQ.detach(), muP, logvarP);
        var representation = KlGaussians.Forward(muQ, logvarQ, muP.detach(), logvarP.detach());
        return (weightDynamics * dynamics) + (weightRepresentation * representation);
    }
}

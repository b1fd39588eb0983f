namespace LatentConformance.Torch;

// min(1, t / T), the part of the way that is behind. In float64: a step is a count, and is rounded once, by who uses the part.
internal static class Ramp
{
    public static Tensor Gone(Tensor step, long length) => (step.to(float64) / length).clamp(max: 1.0);
}

namespace LatentConformance.Torch;

// start^(1 − f) · end^f, f = min(1, step / steps): exact at both ends, and there the other end has no gradient.
public static class TemperatureAnnealExponential
{
    [Kernel("temperature_anneal_exponential")]
    public static Tensor Forward(Tensor step, Tensor start, Tensor end, long steps)
    {
        Refuse.UnlessPositive("steps", steps);
        var gone = Ramp.Gone(step, steps);
        return start.pow((1 - gone).to(start.dtype)) * end.pow(gone.to(end.dtype));
    }
}

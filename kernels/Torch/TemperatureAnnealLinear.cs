namespace LatentConformance.Torch;

// (1 − f) start + f end, f = min(1, step / steps): exact at both ends.
public static class TemperatureAnnealLinear
{
    [Kernel("temperature_anneal_linear")]
    public static Tensor Forward(Tensor step, Tensor start, Tensor end, long steps)
    {
        Refuse.UnlessPositive("steps", steps);
        var gone = Ramp.Gone(step, steps);
        return ((1 - gone).to(start.dtype) * start) + (gone.to(end.dtype) * end);
    }
}

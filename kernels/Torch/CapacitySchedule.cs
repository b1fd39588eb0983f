namespace LatentConformance.Torch;

// C(t) = C_max min(1, t / T).
public static class CapacitySchedule
{
    [Kernel("capacity_schedule")]
    public static Tensor Forward(Tensor step, Tensor capacityMax, long steps)
    {
        Refuse.UnlessPositive("steps", steps);
        return capacityMax * Ramp.Gone(step, steps).to(capacityMax.dtype);
    }
}

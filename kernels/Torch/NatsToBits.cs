namespace LatentConformance.Torch;

// Nats over log 2.
public static class NatsToBits
{
    [Kernel("nats_to_bits")]
    public static Tensor Forward(Tensor nats) => nats / Math.Log(2);
}

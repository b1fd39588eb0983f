namespace LatentConformance.Torch;

// (y + 1) / 2, from the range of a tanh to [0, 1].
public static class SignedToUnit
{
    [Kernel("signed_to_unit")]
    public static Tensor Forward(Tensor y) => (y + 1) / 2;
}

namespace LatentConformance.Torch;

// x̂ = 1 / (1 + e^−h), the decoder's last layer for data in [0, 1].
public static class UnitOutput
{
    [Kernel("unit_output")]
    public static Tensor Forward(Tensor h) => sigmoid(h);
}

namespace LatentConformance.Torch;

// Unbiased MMD² under the kernel e^(−‖a − b‖² / 2 h²).
public static class MmdRbf
{
    [Kernel("mmd_rbf")]
    public static Tensor Forward(Tensor x, Tensor y, double bandwidth)
    {
        Refuse.UnlessPositive("bandwidth", bandwidth);
        return Mmd.Of(x, y, squared => exp(squared / (-2 * bandwidth * bandwidth)));
    }
}

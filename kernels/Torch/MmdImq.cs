namespace LatentConformance.Torch;

// Unbiased MMD² under the inverse multiquadratic kernel C / (C + ‖a − b‖²).
public static class MmdImq
{
    [Kernel("mmd_imq")]
    public static Tensor Forward(Tensor x, Tensor y, double scale)
    {
        Refuse.UnlessPositive("scale", scale);
        return Mmd.Of(x, y, squared => scale / (scale + squared));
    }
}

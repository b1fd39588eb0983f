namespace LatentConformance.Torch;

// The authors' notebook: half = (L−1)(1−1e-3)/2 and shift = tan(offset/half).
public static class FsqNotebook
{
    [Kernel("fsq_notebook")]
    public static Tensor Forward(Tensor z, Tensor levels) => FsqBound.Quantized(z, levels, 1 - 1e-3, tan);
}

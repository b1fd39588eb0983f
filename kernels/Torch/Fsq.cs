namespace LatentConformance.Torch;

// half = (L−1)(1+1e-3)/2, shift = atanh(offset/half), codes = round(tanh(z+shift)·half − offset) / (L div 2), offset a half for even
// L. The rounding has the gradient of the identity, the bound its own.
public static class Fsq
{
    [Kernel("fsq")]
    public static Tensor Forward(Tensor z, Tensor levels) => FsqBound.Quantized(z, levels, 1 + 1e-3, atanh);
}

namespace LatentConformance.Torch;

// (x − b_dec) w_encᵀ + b_enc.
public static class SaePreActivation
{
    [Kernel("sae_pre_activation")]
    public static Tensor Forward(Tensor x, Tensor wEnc, Tensor bEnc, Tensor bDec)
    {
        if (wEnc.size(1) != x.size(1) || bDec.size(0) != x.size(1) || bEnc.size(0) != wEnc.size(0))
        {
            throw new RefusalException(
                $"weights {Shapes.Show(wEnc)}, b_enc {Shapes.Show(bEnc)} and b_dec {Shapes.Show(bDec)} for inputs {Shapes.Show(x)}");
        }

        return F.linear(x - bDec, wEnc, bEnc);
    }
}

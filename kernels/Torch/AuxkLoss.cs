namespace LatentConformance.Torch;

// ‖e‖² + c ‖D h_aux − sg(e)‖², e = x − b_dec − D h: the stopped e keeps the dead features' task from pulling at the living ones.
public static class AuxkLoss
{
    [Kernel("auxk_loss")]
    public static (Tensor Loss, Tensor Reconstruction, Tensor Aux) Forward(
        Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec, double coefficient)
    {
        Shapes.RefuseUnlessSame(h, hAux);
        Refuse.UnlessFiniteAndNotNegative("coefficient", coefficient);
        if (decoder.size(1) != h.size(1) || x.size(0) != h.size(0) || decoder.size(0) != x.size(1) || bDec.size(0) != x.size(1))
        {
            throw new RefusalException(
                $"x {Shapes.Show(x)}, h {Shapes.Show(h)}, decoder {Shapes.Show(decoder)} and b_dec {Shapes.Show(bDec)} do not fit");
        }

        var error = x - bDec - F.linear(h, decoder);
        var reconstruction = error.square().sum(-1);
        var aux = (F.linear(hAux, decoder) - error.detach()).square().sum(-1);
        return (reconstruction + (coefficient * aux), reconstruction, aux);
    }
}

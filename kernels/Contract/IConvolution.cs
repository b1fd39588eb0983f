namespace LatentConformance.Contract;

/// <summary>
/// What deep learning calls convolution is correlation: the kernel is not flipped. Maps are NCHW, or NCTHW with time; zeros
/// are padded; sizes are rounded down.
/// </summary>
public interface IConvolution
{
    /// <summary>y[o, p, q] = bias[o] + Σ weight[o, c, r, s] · x[c, p·stride − padding + r·dilation, q·stride − padding + s·dilation].</summary>
    [Operation("conv2d(x: float[B,C,H,W], weight: float[O,C,R,S], bias: float[O], stride: int, padding: int, dilation: int) -> y: float[B,O,P,Q]")]
    Tensor Conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation) => throw new NotImplementedException();

    [Operation("conv2d.vjp(x: float[B,C,H,W], weight: float[O,C,R,S], bias: float[O], stride: int, padding: int, dilation: int, d_y: float[B,O,P,Q]) -> d_x: float[B,C,H,W], d_weight: float[O,C,R,S], d_bias: float[O]")]
    (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv2dVjp(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation, Tensor dY) => throw new NotImplementedException();

    /// <summary>Stable Diffusion's downsampling: one row of zeros below, one column to the right, then stride 2 without padding.</summary>
    [Operation("conv2d_asymmetric(x: float[B,C,H,W], weight: float[O,C,R,S], bias: float[O]) -> y: float[B,O,P,Q]")]
    Tensor Conv2dAsymmetric(Tensor x, Tensor weight, Tensor bias) => throw new NotImplementedException();

    [Operation("conv2d_asymmetric.vjp(x: float[B,C,H,W], weight: float[O,C,R,S], bias: float[O], d_y: float[B,O,P,Q]) -> d_x: float[B,C,H,W], d_weight: float[O,C,R,S], d_bias: float[O]")]
    (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv2dAsymmetricVjp(Tensor x, Tensor weight, Tensor bias, Tensor dY) => throw new NotImplementedException();

    /// <summary>
    /// The transpose of conv2d's linear map, so the weight is (in, out, rows, columns): x[c, h, w] · weight[c, o, r, s] is
    /// added to y[o, h·stride − padding + r, w·stride − padding + s]. output_padding adds rows below and columns to the right.
    /// </summary>
    [Operation("conv_transpose2d(x: float[B,C,H,W], weight: float[C,O,R,S], bias: float[O], stride: int, padding: int, output_padding: int) -> y: float[B,O,P,Q]")]
    Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding) => throw new NotImplementedException();

    [Operation("conv_transpose2d.vjp(x: float[B,C,H,W], weight: float[C,O,R,S], bias: float[O], stride: int, padding: int, output_padding: int, d_y: float[B,O,P,Q]) -> d_x: float[B,C,H,W], d_weight: float[C,O,R,S], d_bias: float[O]")]
    (Tensor? DX, Tensor? DWeight, Tensor? DBias) ConvTranspose2dVjp(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding, Tensor dY) => throw new NotImplementedException();

    /// <summary>
    /// A video's: U − 1 frames of zeros before the first and none after the last, (R − 1)/2 and (S − 1)/2 of them round each
    /// frame. A stride in time only; frame t of the output sees no frame after t·stride.
    /// </summary>
    [Operation("conv3d_causal(x: float[B,C,T,H,W], weight: float[O,C,U,R,S], bias: float[O], stride: int) -> y: float[B,O,V,H,W]")]
    Tensor Conv3dCausal(Tensor x, Tensor weight, Tensor bias, long stride) => throw new NotImplementedException();

    [Operation("conv3d_causal.vjp(x: float[B,C,T,H,W], weight: float[O,C,U,R,S], bias: float[O], stride: int, d_y: float[B,O,V,H,W]) -> d_x: float[B,C,T,H,W], d_weight: float[O,C,U,R,S], d_bias: float[O]")]
    (Tensor? DX, Tensor? DWeight, Tensor? DBias) Conv3dCausalVjp(Tensor x, Tensor weight, Tensor bias, long stride, Tensor dY) => throw new NotImplementedException();
}

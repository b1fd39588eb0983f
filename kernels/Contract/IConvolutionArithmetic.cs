namespace LatentConformance.Contract;

/// <summary>Sizes, parameters and multiplications counted in whole numbers of 64 bits: exact, or refused.</summary>
public interface IConvolutionArithmetic
{
    /// <summary>floor((size + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1.</summary>
    [Operation("conv_output_size(size: int[N], kernel: int, stride: int, padding: int, dilation: int) -> out: int[N]")]
    [Domain("size in [1, inf)")]
    Tensor ConvOutputSize(Tensor size, long kernel, long stride, long padding, long dilation) => throw new NotImplementedException();

    /// <summary>(size − 1)·stride − 2·padding + kernel + output_padding.</summary>
    [Operation("conv_transpose_output_size(size: int[N], kernel: int, stride: int, padding: int, output_padding: int) -> out: int[N]")]
    [Domain("size in [1, inf)")]
    Tensor ConvTransposeOutputSize(Tensor size, long kernel, long stride, long padding, long outputPadding) => throw new NotImplementedException();

    /// <summary>Latent frames of a causal video tokenizer: 1 + floor((frames − 1) / factor), the first frame on its own.</summary>
    [Operation("causal_frames(frames: int[N], factor: int) -> out: int[N]")]
    [Domain("frames in [1, inf)")]
    Tensor CausalFrames(Tensor frames, long factor) => throw new NotImplementedException();

    /// <summary>2 to the number of levels that halve an axis: down[level, axis] is 1 where they do, and 0 elsewhere.</summary>
    [Operation("downsampling_ratio(down: int[N,A]) -> ratio: int[A]")]
    [Domain("down in {0, 1}")]
    Tensor DownsamplingRatio(Tensor down) => throw new NotImplementedException();

    /// <summary>The product of an encoder's strides: samples a frame.</summary>
    [Operation("hop_length(strides: int[N]) -> hop: int")]
    [Domain("strides in [1, inf)")]
    Tensor HopLength(Tensor strides) => throw new NotImplementedException();

    /// <summary>in_channels·out_channels·kernel², and out_channels more with a bias (0 or 1).</summary>
    [Operation("conv_parameters(in_channels: int, out_channels: int, kernel: int, bias: int) -> parameters: int")]
    Tensor ConvParameters(long inChannels, long outChannels, long kernel, long bias) => throw new NotImplementedException();

    /// <summary>in_channels·out_channels·kernel²·out_height·out_width multiplications, the bias not counted.</summary>
    [Operation("conv_macs(in_channels: int, out_channels: int, kernel: int, out_height: int, out_width: int) -> macs: int")]
    Tensor ConvMacs(long inChannels, long outChannels, long kernel, long outHeight, long outWidth) => throw new NotImplementedException();
}

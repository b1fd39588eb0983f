"""Feature maps: convolution and its arithmetic, normalisation, resampling, and how a latent is handed on."""
import math

import torch
from torch.nn import functional as F

from latent_adapter import operation


@operation("conv2d")
def conv2d(x, weight, bias, stride, padding, dilation):
    return F.conv2d(x, weight, bias, stride=stride, padding=padding, dilation=dilation)


@operation("conv2d_asymmetric")
def conv2d_asymmetric(x, weight, bias):
    return F.conv2d(F.pad(x, (0, 1, 0, 1)), weight, bias, stride=2)


@operation("conv_transpose2d")
def conv_transpose2d(x, weight, bias, stride, padding, output_padding):
    return F.conv_transpose2d(x, weight, bias, stride=stride, padding=padding, output_padding=output_padding)


@operation("conv3d_causal")
def conv3d_causal(x, weight, bias, stride):
    frames, rows, columns = weight.shape[2:]
    sides = (columns // 2, columns // 2, rows // 2, rows // 2, frames - 1, 0)
    return F.conv3d(F.pad(x, sides), weight, bias, stride=(stride, 1, 1))


@operation("group_norm")
def group_norm(x, gamma, beta, groups, epsilon):
    return F.group_norm(x, groups, gamma, beta, epsilon)


@operation("upsample_nearest")
def upsample_nearest(x, factor):
    return F.interpolate(x, scale_factor=factor, mode="nearest")


# An empty batch keeps its old shape in PyTorch 1.13, there or on the way back.

@operation("pixel_shuffle")
def pixel_shuffle(x, factor):
    if len(x) == 0:
        return x.reshape(0, x.shape[1] // factor**2, x.shape[2] * factor, x.shape[3] * factor)
    return F.pixel_shuffle(x, factor)


@operation("pixel_unshuffle")
def pixel_unshuffle(x, factor):
    if len(x) == 0:
        return x.reshape(0, x.shape[1] * factor**2, x.shape[2] // factor, x.shape[3] // factor)
    return F.pixel_unshuffle(x, factor)


@operation("latent_scale")
def latent_scale(z, scale, shift):
    return (z - shift) * scale


@operation("latent_unscale")
def latent_unscale(latent, scale, shift):
    return latent / scale + shift


@operation("flatten_map")
def flatten_map(x):
    return x.flatten(1)


@operation("unflatten_map")
def unflatten_map(y, channels, height, width):
    return y.reshape(len(y), channels, height, width)


@operation("conv_output_size")
def conv_output_size(size, kernel, stride, padding, dilation):
    return torch.div(size + 2 * padding - dilation * (kernel - 1) - 1, stride, rounding_mode="floor") + 1


@operation("conv_transpose_output_size")
def conv_transpose_output_size(size, kernel, stride, padding, output_padding):
    return (size - 1) * stride - 2 * padding + kernel + output_padding


@operation("causal_frames")
def causal_frames(frames, factor):
    return 1 + torch.div(frames - 1, factor, rounding_mode="floor")


@operation("downsampling_ratio")
def downsampling_ratio(down):
    return 2 ** down.sum(0)


@operation("hop_length")
def hop_length(strides):
    return math.prod(strides.tolist())


@operation("conv_parameters")
def conv_parameters(in_channels, out_channels, kernel, bias):
    return in_channels * out_channels * kernel**2 + bias * out_channels


@operation("conv_macs")
def conv_macs(in_channels, out_channels, kernel, out_height, out_width):
    return in_channels * out_channels * kernel**2 * out_height * out_width

"""Quantizers without a search: finite scalar, lookup-free, binary spherical."""
import torch
from torch import distributions as D
from torch.nn import functional as F

from latent_adapter import operation


@operation("round_half_even")
def round_through(x):
    return x + (x.round() - x).detach()


def bounded(z, levels, stretch, shift):
    half = (levels - 1) * stretch / 2
    offset = torch.where(levels % 2 == 0, 0.5, 0.0).to(z.dtype)
    return torch.tanh(z + shift(offset / half)) * half - offset


@operation("fsq")
def fsq(z, levels):
    return round_through(bounded(z, levels, 1 + 1e-3, torch.atanh)) / torch.div(levels, 2, rounding_mode="floor")


@operation("fsq_notebook")
def fsq_notebook(z, levels):
    return round_through(bounded(z, levels, 1 - 1e-3, torch.tan)) / torch.div(levels, 2, rounding_mode="floor")


@operation("fsq_tanh_half")
def fsq_tanh_half(z, levels):
    return round_through(torch.tanh(z) * (levels - 1) / 2)


@operation("fsq_round_tanh")
def fsq_round_tanh(z, levels):
    return round_through(torch.tanh(z) * levels)


def basis_of(levels):
    return torch.cumprod(torch.cat([levels.new_ones(1), levels[:-1]]), dim=0)


@operation("fsq_codes_to_indices")
def fsq_codes_to_indices(codes, levels):
    width = torch.div(levels, 2, rounding_mode="floor")
    return ((codes * width + width).round().long() * basis_of(levels)).sum(-1)


@operation("fsq_indices_to_codes")
def fsq_indices_to_codes(indices, levels):
    width = torch.div(levels, 2, rounding_mode="floor")
    digits = torch.div(indices[:, None], basis_of(levels), rounding_mode="floor") % levels
    return (digits - width) / width


@operation("fsq_indices_to_codes_map")
def fsq_indices_to_codes_map(indices, levels):
    return fsq_indices_to_codes(indices.flatten(), levels).reshape(*indices.shape, len(levels)).permute(0, 3, 1, 2)


def bits_to_index(bits):
    return (bits.long() << torch.arange(bits.shape[-1], device=bits.device)).sum(-1)


@operation("lfq_quantize")
def lfq_quantize(z, scale):
    codes = torch.where(z > 0, scale, -scale).to(z.dtype)
    return z + (codes - z).detach(), bits_to_index(z > 0)


@operation("lfq_indices_to_codes")
def lfq_indices_to_codes(indices, dimensions, scale):
    bits = indices[:, None] >> torch.arange(dimensions, device=indices.device) & 1
    return (2 * bits - 1) * scale


@operation("lfq_split_tokens")
def lfq_split_tokens(indices, low_bits):
    return indices >> low_bits, indices & (1 << low_bits) - 1


@operation("lfq_join_tokens")
def lfq_join_tokens(high, low, low_bits):
    return (high << low_bits) + low


@operation("lfq_entropy")
def lfq_entropy(z, scale, inverse_temperature, gamma):
    every = torch.arange(2 ** z.shape[1], device=z.device)
    logits = 2 * inverse_temperature * z @ lfq_indices_to_codes(every, z.shape[1], scale).to(z.dtype).T
    sample = D.Categorical(logits=logits).entropy()
    codebook = torch.special.entr(torch.softmax(logits, dim=-1).mean(0)).sum()
    return sample.mean() - gamma * codebook, sample, codebook


@operation("lfq_entropy_masked")
def lfq_entropy_masked(z, mask, scale, inverse_temperature, gamma):
    loss, sample, codebook = lfq_entropy(z[mask > 0], scale, inverse_temperature, gamma)
    return loss, sample.mean(), codebook


@operation("bsq_quantize")
def bsq_quantize(z):
    u = F.normalize(z, dim=-1)
    codes = torch.where(z > 0, 1.0, -1.0).to(z.dtype) / z.shape[1] ** 0.5
    return u + (codes - u).detach(), bits_to_index(z > 0)

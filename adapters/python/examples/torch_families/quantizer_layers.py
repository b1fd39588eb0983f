"""Quantizers as models hold them: on the sphere, as a product, with stages dropped, with a loss; and other ways past the choice."""
import math

import torch
from torch.nn import functional as F

from latent_adapter import operation

from .codebook_health import drawn
from .codebooks import ema_update
from .vector_quantizers import assign, grouped_vq_quantize, rvq_decode, rvq_quantize, through


@operation("vq_assign_cosine")
def assign_cosine(z, codebook, epsilon):
    return F.linear(F.normalize(z, dim=-1, eps=epsilon), F.normalize(codebook, dim=-1, eps=epsilon)).argmax(-1)


@operation("vq_quantize_cosine", detached=["codebook"])
def quantize_cosine(z, codebook, epsilon):
    indices = assign_cosine(z, codebook, epsilon)
    directions = F.normalize(codebook, dim=-1, eps=epsilon)
    return through(F.normalize(z, dim=-1, eps=epsilon), F.embedding(indices, directions)), indices


def place_values(codebooks):
    return torch.tensor([codebooks.shape[1] ** g for g in range(len(codebooks))], device=codebooks.device)


@operation("product_vq_quantize", detached=["codebooks"])
def product_vq_quantize(z, codebooks):
    quantized, indices = grouped_vq_quantize(z, codebooks)
    return quantized, indices, (indices * place_values(codebooks)).sum(-1)


@operation("product_vq_decode")
def product_vq_decode(code, codebooks):
    digits = torch.div(code[:, None], place_values(codebooks), rounding_mode="floor") % codebooks.shape[1]
    return codebooks[torch.arange(len(codebooks), device=code.device), digits].flatten(1)


@operation("quantizer_dropout_stages")
def quantizer_dropout_stages(uniforms, stages):
    return 1 + drawn(uniforms, stages)


@operation("rvq_quantize_dropout", detached=["codebooks"])
def rvq_quantize_dropout(z, codebooks, kept):
    _, indices = rvq_quantize(z, codebooks)
    dropped = torch.arange(len(codebooks), device=z.device) >= kept[:, None]
    indices = indices.masked_fill(dropped, -1)
    return through(z, rvq_decode(indices, codebooks)), indices


@operation("rvq_capacity_bits")
def rvq_capacity_bits(codebook_size, stages):
    return stages * math.log2(codebook_size)


@operation("vq_layer", detached=["codebook"])  # in evaluation no loss reaches it
def vq_layer(z, codebook, beta, mask, training):
    real = mask > 0
    indices = assign(z, codebook)
    codes = F.embedding(indices, codebook)
    loss = z.new_zeros(())
    if training:
        loss = F.mse_loss(codes[real], z[real].detach()) + beta * F.mse_loss(z[real], codes[real].detach())
    return torch.where(real[:, None], through(z, codes), z), indices.masked_fill(~real, -1), loss


@operation("vq_ema_layer", detached=["codebook"])
def vq_ema_layer(z, codebook, counts, sums, beta, decay, epsilon):
    indices = assign(z, codebook)
    codes = F.embedding(indices, codebook).detach()
    new_counts, new_sums, new_codebook = ema_update(counts, sums, z.detach(), indices, decay, epsilon)
    return through(z, codes), indices, beta * F.mse_loss(z, codes), new_codebook, new_counts, new_sums


@operation("onehot_lookup")
def onehot_lookup(probabilities, codebook):
    chosen = F.embedding(probabilities.argmax(-1), codebook)
    return chosen + (probabilities - probabilities.detach()) @ codebook.detach()  # the second is zero, and has the gradient


@operation("rotation_trick", detached=["quantized"])
def rotation_trick(z, quantized):
    with torch.no_grad():
        scale = quantized.norm(dim=-1, keepdim=True) / z.norm(dim=-1, keepdim=True)
        u, v = F.normalize(z, dim=-1), F.normalize(quantized, dim=-1)
        middle = u + v
        length = middle.norm(dim=-1, keepdim=True)
        w = torch.where(length > 8 * torch.finfo(z.dtype).eps, middle / length, torch.zeros_like(middle))  # else what rounding left over
    turned = z - 2 * (z * w).sum(-1, keepdim=True) * w + 2 * (z * u).sum(-1, keepdim=True) * v
    return scale * turned


@operation("nsvq")
def nsvq(z, quantized, noise, epsilon):
    error = (z - quantized).norm(dim=-1, keepdim=True)
    return z + error * noise / (noise.norm(dim=-1, keepdim=True) + epsilon)

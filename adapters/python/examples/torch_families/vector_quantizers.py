"""Quantizers with a codebook that is searched: one, one after another, side by side."""
import torch
from torch.nn import functional as F

from latent_adapter import operation


def through(z, quantized):
    """The value of the code, the gradient of the identity."""
    return z + (quantized - z).detach()


def squared_distances(z, codebook):
    return (z[:, None] - codebook).square().sum(-1)


@operation("vq_assign")
def assign(z, codebook):
    return squared_distances(z, codebook).argmin(-1)


@operation("vq_quantize", detached=["codebook"])
def quantize(z, codebook):
    indices = assign(z, codebook)
    return through(z, F.embedding(indices, codebook)), indices


@operation("vq_quantize_map", detached=["codebook"])
def quantize_map(z, codebook):
    rows = z.permute(0, 2, 3, 1)
    quantized, indices = quantize(rows.reshape(-1, z.shape[1]), codebook)
    return quantized.reshape(rows.shape).permute(0, 3, 1, 2), indices.reshape(rows.shape[:-1])


@operation("straight_through", detached=["quantized"])
def straight_through(z, quantized):
    return through(z, quantized)


@operation("codebook_loss", detached=["z"])
def codebook_loss(z, codebook):
    return (z.detach() - F.embedding(assign(z, codebook), codebook)).square().sum(-1)


@operation("commitment_loss", detached=["codebook"])
def commitment_loss(z, codebook):
    return (z - F.embedding(assign(z, codebook), codebook).detach()).square().sum(-1)


@operation("vq_loss")
def vq_loss(z, codebook, beta):
    learning, commitment = codebook_loss(z, codebook), commitment_loss(z, codebook)
    return learning + beta * commitment, learning, commitment


def residuals(z, codebooks):
    """What each stage finds left over, the code it takes, and its index."""
    left = z
    for codebook in codebooks:
        indices = assign(left, codebook)
        code = F.embedding(indices, codebook).detach()
        yield left, code, indices
        left = left - code


@operation("rvq_quantize", detached=["codebooks"])
def rvq_quantize(z, codebooks):
    _, codes, indices = zip(*residuals(z, codebooks))
    return through(z, sum(codes)), torch.stack(indices, dim=-1)


@operation("rvq_loss", detached=["codebooks"])
def rvq_loss(z, codebooks):
    return sum((left - code).square().sum(-1) for left, code, _ in residuals(z, codebooks))


@operation("rvq_decode")
def rvq_decode(indices, codebooks):
    kept = (indices >= 0).unsqueeze(-1)
    codes = torch.stack([F.embedding(i.clamp(min=0), c) for i, c in zip(indices.T, codebooks)], dim=1)
    return torch.where(kept, codes, torch.zeros_like(codes)).sum(1)


@operation("grouped_vq_quantize", detached=["codebooks"])
def grouped_vq_quantize(z, codebooks):
    quantized, indices = zip(*(quantize(chunk, codebook) for chunk, codebook in zip(z.chunk(len(codebooks), dim=-1), codebooks)))
    return torch.cat(quantized, dim=-1), torch.stack(indices, dim=-1)

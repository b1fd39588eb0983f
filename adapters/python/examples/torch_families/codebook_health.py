"""Codebooks at their start, and what keeps them in use: how much is, rows for the dead, and gradients that spread the codes."""
import torch
from torch.nn import functional as F

from latent_adapter import operation

from .vector_quantizers import squared_distances


@operation("codebook_init_uniform")
def codebook_init_uniform(uniforms):
    return (2 * uniforms - 1) / len(uniforms)


@operation("codebook_init_normal")
def codebook_init_normal(normals):
    return normals / normals.shape[1] ** 0.5


@operation("usage_counts")
def usage_counts(indices, codebook_size):
    return torch.bincount(indices, minlength=codebook_size)


@operation("utilization")
def utilization(indices, codebook_size):
    return indices.unique().numel() / codebook_size


@operation("perplexity")
def perplexity(counts):
    return torch.special.entr(counts / counts.sum()).sum().exp()


@operation("epoch_usage")
def epoch_usage(indices, codebook_size):
    counts = usage_counts(indices.flatten(), codebook_size)
    return counts, utilization(indices, codebook_size), perplexity(counts)


@operation("utilization_groups")
def utilization_groups(indices, codebook_size):
    return F.one_hot(indices, codebook_size).any(0).sum(-1) / codebook_size


@operation("perplexity_groups")
def perplexity_groups(counts):
    each = torch.special.entr(counts / counts.sum(-1, keepdim=True)).sum(-1).exp()
    return each, each.mean()


def drawn(uniforms, n):
    return (uniforms.double() * n).long()  # a product of float32 may round up to the next row


@operation("sample_rows")
def sample_rows(z, mask, uniforms):
    real = mask.nonzero().squeeze(-1)
    indices = real[drawn(uniforms, len(real))]
    return z[indices], indices


@operation("revival_rows")
def revival_rows(z, uniforms):
    workers, heads, _, width = z.shape
    pooled = z.transpose(0, 1).flatten(1, 2)
    indices = drawn(uniforms[0], pooled.shape[1])
    rows = pooled[torch.arange(heads, device=z.device)[:, None], indices]
    return rows.expand(workers, -1, -1, -1), indices.expand(workers, -1, -1)


@operation("vq_probabilities")
def vq_probabilities(z, codebook, temperature):
    return torch.softmax(-squared_distances(z, codebook) / temperature, dim=-1)


@operation("orthogonality_loss")
def orthogonality_loss(codebook, selected):
    codes = F.normalize(codebook[:, selected], dim=-1)
    return (codes @ codes.transpose(1, 2)).square().mean() - 1 / len(selected)

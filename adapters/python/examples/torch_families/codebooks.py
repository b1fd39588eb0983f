"""Codebooks that learn by averages, and how much of them is in use."""
import torch
from torch.nn import functional as F

from latent_adapter import operation

from .vector_quantizers import assign


@operation("ema_update_lesson")
def ema_update_lesson(codebook, z, indices, decay):
    chosen = F.one_hot(indices, len(codebook)).to(z.dtype)
    count = chosen.sum(0).unsqueeze(-1)
    return torch.where(count > 0, decay * codebook + (1 - decay) * (chosen.T @ z) / count.clamp(min=1), codebook)


@operation("ema_update")
def ema_update(counts, sums, z, indices, decay, epsilon):
    return ema_update_masked(counts, sums, z, indices, torch.ones_like(z[:, 0]), decay, epsilon)


@operation("ema_update_masked")
def ema_update_masked(counts, sums, z, indices, mask, decay, epsilon):
    real = mask > 0
    chosen = F.one_hot(indices[real], len(counts)).to(z.dtype)
    counts = decay * counts + (1 - decay) * chosen.sum(0)
    sums = decay * sums + (1 - decay) * chosen.T @ z[real]
    total = counts.sum()
    smoothed = (counts + epsilon) / (total + len(counts) * epsilon) * total
    return counts, sums, sums / smoothed.unsqueeze(-1)


@operation("ema_update_shards")
def ema_update_shards(counts, sums, z, indices, decay, epsilon):
    return ema_update(counts, sums, z.flatten(0, 1), indices.flatten(), decay, epsilon)


@operation("kmeans_step")
def kmeans_step(data, centroids):
    indices = assign(data, centroids)
    chosen = F.one_hot(indices, len(centroids)).to(data.dtype)
    count = chosen.sum(0).unsqueeze(-1)
    return torch.where(count > 0, chosen.T @ data / count.clamp(min=1), centroids), indices


@operation("revive")
def revive(codebook, counts, sums, candidates, threshold, reset_count):
    codebook, counts, sums = codebook.clone(), counts.clone(), sums.clone()
    dead = (counts < threshold).nonzero().squeeze(-1)[:len(candidates)]
    fresh = candidates[:len(dead)]
    codebook[dead], counts[dead], sums[dead] = fresh, torch.full_like(counts[dead], reset_count), reset_count * fresh
    return codebook, counts, sums


@operation("vq_train_step")
def vq_train_step(z, codebook, counts, sums, candidates, decay, epsilon, threshold, training):
    indices = assign(z, codebook)
    quantized = F.embedding(indices, codebook)
    if training:
        counts, sums, codebook = ema_update(counts, sums, z, indices, decay, epsilon)
        codebook, counts, sums = revive(codebook, counts, sums, candidates, threshold, threshold)
    return quantized, indices, codebook, counts, sums


@operation("vq_train_steps")
def vq_train_steps(z, codebook, counts, sums, candidates, decay, epsilon, threshold):
    all_indices = []
    for batch, fresh in zip(z, candidates):
        _, indices, codebook, counts, sums = vq_train_step(batch, codebook, counts, sums, fresh, decay, epsilon, threshold, 1)
        all_indices.append(indices)
    return torch.stack(all_indices) if all_indices else z.new_zeros(z.shape[:2], dtype=torch.int64), codebook, counts, sums


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

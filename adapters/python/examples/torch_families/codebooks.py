"""Codebooks that learn by averages."""
import torch
from torch.nn import functional as F

from latent_adapter import operation

from .vector_quantizers import assign, residuals


@operation("ema_update_lesson")
def ema_update_lesson(codebook, z, indices, decay):
    count, total = statistics(z, indices, len(codebook))
    count = count.unsqueeze(-1)
    return torch.where(count > 0, decay * codebook + (1 - decay) * total / count.clamp(min=1), codebook)


def statistics(z, indices, codes):
    chosen = F.one_hot(indices, codes).to(z.dtype)
    return chosen.sum(0), chosen.T @ z


def smoothed_codes(counts, sums, epsilon):
    total = counts.sum()
    return sums / ((counts + epsilon) / (total + len(counts) * epsilon) * total).unsqueeze(-1)


@operation("ema_update")
def ema_update(counts, sums, z, indices, decay, epsilon):
    return ema_update_masked(counts, sums, z, indices, torch.ones_like(z[:, 0]), decay, epsilon)


@operation("ema_update_masked")
def ema_update_masked(counts, sums, z, indices, mask, decay, epsilon):
    real = mask > 0
    n, m = statistics(z[real], indices[real], len(counts))
    counts, sums = decay * counts + (1 - decay) * n, decay * sums + (1 - decay) * m
    return counts, sums, smoothed_codes(counts, sums, epsilon)


@operation("ema_update_shards")
def ema_update_shards(counts, sums, z, indices, decay, epsilon):
    return ema_update(counts, sums, z.flatten(0, 1), indices.flatten(), decay, epsilon)


@operation("ema_update_cosine")
def ema_update_cosine(codebook, z, indices, decay, epsilon):
    count, total = statistics(F.normalize(z, dim=-1, eps=epsilon), indices, len(codebook))
    count = count.unsqueeze(-1)
    direction = F.normalize(total / count.clamp(min=1), dim=-1, eps=epsilon)
    return torch.where(count > 0, F.normalize(decay * codebook + (1 - decay) * direction, dim=-1, eps=epsilon), codebook)


@operation("ema_update_sonnet")
def ema_update_sonnet(hidden_counts, hidden_sums, step, z, indices, decay, epsilon):
    n, m = statistics(z, indices, len(hidden_counts))
    hidden_counts, hidden_sums = decay * hidden_counts + (1 - decay) * n, decay * hidden_sums + (1 - decay) * m
    missing = 1 - decay ** (step + 1)  # averages that begin at zero are as much too small
    counts, sums = hidden_counts / missing, hidden_sums / missing
    return hidden_counts, hidden_sums, counts, sums, smoothed_codes(counts, sums, epsilon)


@operation("ema_steps_sonnet")
def ema_steps_sonnet(hidden_counts, hidden_sums, step, z, indices, decay, epsilon):
    codebooks = []
    for batch, chosen in zip(z, indices):
        hidden_counts, hidden_sums, _, _, codebook = ema_update_sonnet(hidden_counts, hidden_sums, step, batch, chosen, decay, epsilon)
        codebooks.append(codebook)
        step += 1
    return torch.stack(codebooks) if codebooks else hidden_sums.new_zeros(0, *hidden_sums.shape), hidden_counts, hidden_sums, step


@operation("kmeans_step")
def kmeans_step(data, centroids):
    indices = assign(data, centroids)
    count, total = statistics(data, indices, len(centroids))
    count = count.unsqueeze(-1)
    return torch.where(count > 0, total / count.clamp(min=1), centroids), indices


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


@operation("rvq_shared_train_step")
def rvq_shared_train_step(z, codebook, counts, sums, stages, decay, epsilon):
    left, codes, indices = map(torch.stack, zip(*residuals(z, [codebook] * stages)))
    counts, sums, codebook = ema_update(counts, sums, left.flatten(0, 1), indices.flatten(), decay, epsilon)
    return codes.sum(0), indices.T, codebook, counts, sums

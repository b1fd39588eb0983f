"""What needs no autograd, in NumPy as a user would write it; a few gradients by hand.

    latent verify -- python3 numpy_reference.py --dtype float64
"""
import argparse
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from latent_adapter import noise, operation, run  # noqa: E402


# -- Gaussian latents

@operation("kl_standard")
def kl_standard(mu, logvar):
    return 0.5 * np.sum(mu**2 + np.exp(logvar) - 1 - logvar, axis=-1)


@operation("kl_standard.vjp")
def kl_standard_vjp(mu, logvar, d_kl):
    return d_kl[:, None] * mu, d_kl[:, None] * 0.5 * (np.exp(logvar) - 1)


@operation("kl_spatial")
def kl_spatial(mu, logvar):
    return 0.5 * np.sum(mu**2 + np.exp(logvar) - 1 - logvar, axis=(1, 2, 3))


@operation("kl_gaussians")
def kl_gaussians(mu_q, logvar_q, mu_p, logvar_p):
    return 0.5 * np.sum(np.exp(logvar_q - logvar_p) + (mu_q - mu_p) ** 2 / np.exp(logvar_p) - 1 + logvar_p - logvar_q, axis=-1)


def sample(mu, logvar):
    """Draws its own noise, as most code does."""
    return mu + np.exp(0.5 * logvar) * np.random.randn(*mu.shape).astype(mu.dtype)


@operation("reparameterize")
def reparameterize(mu, logvar, epsilon):
    with noise(epsilon):
        return sample(mu, logvar)


@operation("reparameterize.vjp")
def reparameterize_vjp(mu, logvar, epsilon, d_z):
    sigma = np.exp(0.5 * logvar)
    return d_z, d_z * 0.5 * sigma * epsilon, d_z * sigma


# -- Reconstruction, and the loss

@operation("squared_error_sum")
def squared_error_sum(x, x_hat):
    return np.sum((x - x_hat) ** 2, axis=-1)


@operation("squared_error_sum.vjp")
def squared_error_sum_vjp(x, x_hat, d_loss):
    return 2 * d_loss[:, None] * (x_hat - x)


@operation("squared_error_mean")
def squared_error_mean(x, x_hat):
    return np.mean((x - x_hat) ** 2, axis=-1)


@operation("l1")
def l1(x, x_hat):
    return np.sum(np.abs(x - x_hat), axis=-1)


@operation("bce")
def bce(x, x_hat):
    return -np.sum(x * np.log(x_hat + 1e-8) + (1 - x) * np.log(1 - x_hat + 1e-8), axis=-1)


@operation("bce_logits")
def bce_logits(x, logits):
    return np.sum(np.maximum(logits, 0) - logits * x + np.log1p(np.exp(-np.abs(logits))), axis=-1)


@operation("vae_loss")
def vae_loss(x, x_hat, mu, logvar, beta):
    reconstruction, kl = squared_error_sum(x, x_hat), kl_standard(mu, logvar)
    return reconstruction + beta * kl, reconstruction, kl


@operation("vae_loss_bce")
def vae_loss_bce(x, x_hat, mu, logvar, beta):
    reconstruction, kl = bce(x, x_hat), kl_standard(mu, logvar)
    return reconstruction + beta * kl, reconstruction, kl


@operation("psnr")
def psnr(x, x_hat, data_range):
    with np.errstate(divide="ignore"):
        return 10 * np.log10(data_range**2 / np.mean((x - x_hat) ** 2, axis=-1))


@operation("fvu")
def fvu(x, x_hat):
    return np.sum((x - x_hat) ** 2) / np.sum((x - x.mean(axis=0)) ** 2)


@operation("active_units")
def active_units(mu, threshold):
    return np.sum(mu.var(axis=0) > threshold)


# -- Quantizers

@operation("vq_assign")
def assign(z, codebook):
    return np.argmin(np.sum((z[:, None] - codebook) ** 2, axis=-1), axis=-1)


@operation("vq_quantize", "vq_loss", fields=["quantized", "indices", "loss", "codebook_term", "commitment_term"])
def quantizer(z, codebook, beta=0.25):
    """One forward for two operations."""
    indices = assign(z, codebook)
    quantized = codebook[indices]
    squared = np.sum((z - quantized) ** 2, axis=-1)
    return quantized, indices, squared + beta * squared, squared, squared


@operation("vq_loss.vjp")
def vq_loss_vjp(z, codebook, beta, d_loss):
    indices = assign(z, codebook)
    pull = 2 * d_loss[:, None] * (z - codebook[indices])
    d_codebook = np.zeros_like(codebook)
    np.add.at(d_codebook, indices, -pull)
    return beta * pull, d_codebook


@operation("rvq_quantize")
def rvq_quantize(z, codebooks):
    left, indices = z, []
    for codebook in codebooks:
        indices.append(assign(left, codebook))
        left = left - codebook[indices[-1]]
    return sum(codebook[i] for codebook, i in zip(codebooks, indices)), np.stack(indices, axis=-1)


@operation("fsq")
def fsq(z, levels):
    half = ((levels - 1) * (1 + 1e-3) / 2).astype(z.dtype)
    offset = np.where(levels % 2 == 0, 0.5, 0.0).astype(z.dtype)
    return np.round(np.tanh(z + np.arctanh(offset / half)) * half - offset) / (levels // 2).astype(z.dtype)


@operation("fsq_codes_to_indices")
def fsq_codes_to_indices(codes, levels):
    basis = np.cumprod(np.concatenate([[1], levels[:-1]]))
    return np.sum(np.round(codes * (levels // 2) + levels // 2).astype(np.int64) * basis, axis=-1)


@operation("round_half_even")
def round_half_even(x):
    return np.round(x)


@operation("lfq_quantize")
def lfq_quantize(z, scale):
    bits = z > 0
    return np.where(bits, scale, -scale).astype(z.dtype), np.sum(bits << np.arange(z.shape[1]), axis=-1)


@operation("lfq_split_tokens")
def lfq_split_tokens(indices, low_bits):
    return indices >> low_bits, indices & (1 << low_bits) - 1


@operation("lfq_join_tokens")
def lfq_join_tokens(high, low, low_bits):
    return (high << low_bits) + low


# -- Codebooks

@operation("ema_update")
def ema_update(counts, sums, z, indices, decay, epsilon):
    chosen = np.eye(len(counts), dtype=z.dtype)[indices]
    counts = decay * counts + (1 - decay) * chosen.sum(axis=0)
    sums = decay * sums + (1 - decay) * chosen.T @ z
    total = counts.sum()
    smoothed = (counts + epsilon) / (total + len(counts) * epsilon) * total
    return counts, sums, sums / smoothed[:, None]


@operation("kmeans_step")
def kmeans_step(data, centroids):
    indices, moved = assign(data, centroids), centroids.copy()
    for k in np.unique(indices):
        moved[k] = data[indices == k].mean(axis=0)
    return moved, indices


@operation("revive")
def revive(codebook, counts, sums, candidates, threshold, reset_count):
    codebook, counts, sums = codebook.copy(), counts.copy(), sums.copy()
    for k, candidate in zip(np.flatnonzero(counts < threshold), candidates):
        codebook[k], counts[k], sums[k] = candidate, reset_count, reset_count * candidate
    return codebook, counts, sums


@operation("usage_counts")
def usage_counts(indices, codebook_size):
    return np.bincount(indices, minlength=codebook_size)


@operation("utilization")
def utilization(indices, codebook_size):
    return len(np.unique(indices)) / codebook_size


@operation("perplexity")
def perplexity(counts):
    p = counts[counts > 0] / counts.sum()
    return np.exp(-np.sum(p * np.log(p)))


# -- Maps, schedules and sizes

@operation("group_norm")
def group_norm(x, gamma, beta, groups, epsilon):
    grouped = x.reshape(x.shape[0], groups, x.shape[1] // groups, *x.shape[2:])
    mean, variance = grouped.mean(axis=(2, 3, 4), keepdims=True), grouped.var(axis=(2, 3, 4), keepdims=True)
    return ((grouped - mean) / np.sqrt(variance + epsilon)).reshape(x.shape) * gamma[:, None, None] + beta[:, None, None]


@operation("upsample_nearest")
def upsample_nearest(x, factor):
    return x.repeat(factor, axis=2).repeat(factor, axis=3)


@operation("top_k")
def top_k(x, k):
    kept = np.argsort(-x, axis=-1, kind="stable")[:, :k]
    y = np.zeros_like(x)
    np.put_along_axis(y, kept, np.take_along_axis(x, kept, axis=-1), axis=-1)
    return y


@operation("iwae_bound")
def iwae_bound(log_weights):
    largest = log_weights.max(axis=-1, keepdims=True)
    return np.log(np.mean(np.exp(log_weights - largest), axis=-1)) + largest[:, 0]


@operation("free_bits")
def free_bits(kl, floor):
    return np.sum(np.maximum(kl, floor), axis=-1)


@operation("kl_warmup")
def kl_warmup(step, warmup_steps):
    return np.minimum(1, step / warmup_steps).astype(DTYPE)


@operation("conv_output_size")
def conv_output_size(size, kernel, stride, padding, dilation):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


@operation("index_bits")
def index_bits(codebook_size):
    return np.array([int(k - 1).bit_length() for k in codebook_size], dtype=np.int64)


@operation("compression_values")
def compression_values(image, latents):
    return image.prod() / latents.prod(axis=-1).sum()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
    DTYPE = parser.parse_args().dtype
    run(name="numpy-reference", version=np.__version__, dtype=DTYPE, tensors="numpy")

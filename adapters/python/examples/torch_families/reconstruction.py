"""Reconstruction losses, sparse autoencoders, and the figures that are reported."""
import math

import torch
from torch.nn import functional as F

from latent_adapter import operation


@operation("squared_error_sum")
def squared_error_sum(x, x_hat):
    return F.mse_loss(x_hat, x, reduction="none").sum(-1)


@operation("squared_error_mean")
def squared_error_mean(x, x_hat):
    return F.mse_loss(x_hat, x, reduction="none").mean(-1)


@operation("bce_logits")
def bce_logits(x, logits):
    return F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(-1)


@operation("l1")
def l1(x, x_hat):
    return F.l1_loss(x_hat, x, reduction="none").sum(-1)


@operation("kl_sparsity")
def kl_sparsity(activations, rho):
    mean = activations.mean(0)
    return (rho * (math.log(rho) - mean.log()) + (1 - rho) * (math.log(1 - rho) - torch.log(1 - mean))).sum()


@operation("l1_sparsity")
def l1_sparsity(h):
    return h.abs().sum(-1)


@operation("top_k")
def top_k(x, k):
    kept = torch.sort(x, dim=-1, descending=True, stable=True).indices[:, :k]  # torch.topk leaves open which of a tie it takes
    return torch.zeros_like(x).scatter(-1, kept, x.gather(-1, kept))


@operation("denoising_loss")
def denoising_loss(x, noise, w):
    return F.mse_loss(F.linear(x + noise, w), x, reduction="none").sum(-1)


@operation("contractive_penalty")
def contractive_penalty(x, w, b):
    h = torch.sigmoid(F.linear(x, w, b))
    return ((h * (1 - h)).square() * w.square().sum(-1)).sum(-1)


@operation("tied_linear")
def tied_linear(x, w):
    return F.linear(F.linear(x, w), w.T)


@operation("psnr")
def psnr(x, x_hat, data_range):
    return 10 * torch.log10(data_range**2 / F.mse_loss(x_hat, x, reduction="none").mean(-1))


@operation("fvu")
def fvu(x, x_hat):
    return (x - x_hat).square().sum() / (x - x.mean(0)).square().sum()


@operation("nats_to_bits")
def nats_to_bits(nats):
    return nats / math.log(2)


@operation("bits_per_dim")
def bits_per_dim(nll_nats, dimensions):
    return nll_nats / (dimensions * math.log(2))


@operation("compression_values")
def compression_values(image, latents):
    return image.prod() / latents.prod(-1).sum()


@operation("compression_positions")
def compression_positions(image, latents):
    return image[1:].prod() / latents[:, 1:].prod(-1).sum()


@operation("compression_bits")
def compression_bits(image, image_bits, latents, latent_bits):
    return image.prod() * image_bits / (latents.prod(-1) * latent_bits).sum()


@operation("index_bits")
def index_bits(codebook_size):
    return torch.tensor([(k - 1).bit_length() for k in codebook_size.tolist()], dtype=torch.int64)


@operation("rvq_bit_rate")
def rvq_bit_rate(codebook_size, stages, sample_rate, hop):
    return (codebook_size - 1).bit_length() * stages * sample_rate / hop


@operation("active_units")
def active_units(mu, threshold):
    return (mu.var(0, unbiased=False) > threshold).sum()

"""Scales that a loss does not show, and figures that depend on them."""
import torch
from torch.nn import functional as F

from latent_adapter import operation


@operation("unit_output")
def unit_output(h):
    return torch.sigmoid(h)


@operation("signed_to_unit")
def signed_to_unit(y):
    return (y + 1) / 2


@operation("squared_error_overall_mean")
def squared_error_overall_mean(x, x_hat):
    return F.mse_loss(x_hat, x)


@operation("squared_error_batch_mean")
def squared_error_batch_mean(x, x_hat):
    return F.mse_loss(x_hat, x, reduction="sum") / len(x)


@operation("epoch_loss")
def epoch_loss(batch_losses, sizes):
    return batch_losses.sum() / sizes.sum()


@operation("mixture_log_likelihood")
def mixture_log_likelihood(log_weights, log_probs):
    return torch.logsumexp(log_weights + log_probs, dim=-1)


@operation("dvae_loss")
def dvae_loss(reconstruction, kl, beta):
    return (reconstruction.sum(-1) + beta * kl.sum(-1)) / reconstruction.shape[1]


@operation("mse_bytes")
def mse_bytes(x, x_hat):
    return (x - x_hat).square().sum(-1) / x.shape[1]


@operation("bits_per_pixel")
def bits_per_pixel(probabilities, pixels):
    return -probabilities.log2().sum(-1) / pixels


@operation("mig")
def mig(mutual_information, entropy):
    largest, second = mutual_information.topk(2, dim=-1).values.unbind(-1)
    return ((largest - second) / entropy).mean()

"""Sparse autoencoders as dictionaries, and noise that masks."""
import torch
from torch.nn import functional as F

from latent_adapter import operation

from .reconstruction import tied_linear


@operation("masking_noise")
def masking_noise(x, uniforms, rate, training):
    return x.masked_fill(uniforms < rate, 0) if training else x


@operation("tied_linear_updated")
def tied_linear_updated(x, w, update):
    return tied_linear(x, w + update)


@operation("sae_pre_activation")
def sae_pre_activation(x, w_enc, b_enc, b_dec):
    return F.linear(x - b_dec, w_enc, b_enc)


def slope(pre, threshold, bandwidth):
    """Zero, with the gradient that a ramp of that width in the step's place has towards the threshold."""
    ramp = ((pre.detach() - threshold) / bandwidth + 0.5).clamp(0, 1)
    return ramp - ramp.detach()


@operation("jump_relu")
def jump_relu(pre, log_threshold, bandwidth):
    threshold = log_threshold.exp()
    return pre.masked_fill(pre <= threshold, 0) + threshold.detach() * slope(pre, threshold, bandwidth)


@operation("l0_sparsity", detached=["pre"])
def l0_sparsity(pre, log_threshold, bandwidth):
    threshold = log_threshold.exp()
    return ((pre > threshold) + slope(pre, threshold, bandwidth)).sum(-1)


@operation("l1_sparsity_weighted")
def l1_sparsity_weighted(h, decoder):
    return (h.abs() * decoder.norm(dim=0)).sum(-1)


@operation("unit_norm_decoder")
def unit_norm_decoder(decoder):
    return decoder / decoder.norm(dim=0)


@operation("auxk_loss")
def auxk_loss(x, h, h_aux, decoder, b_dec, coefficient):
    error = x - b_dec - F.linear(h, decoder)
    reconstruction, aux = error.square().sum(-1), (F.linear(h_aux, decoder) - error.detach()).square().sum(-1)
    return reconstruction + coefficient * aux, reconstruction, aux


@operation("auxk_count")
def auxk_count(dimensions, features, dead):
    return dead.clamp(max=dimensions // 2)

"""The diagonal Gaussian latent, its losses, hierarchies and bounds."""
import math

import torch
from torch import distributions as D
from torch.nn import functional as F

from latent_adapter import noise, operation


def normal(mu, logvar):
    return D.Normal(mu, torch.exp(0.5 * logvar))


@operation("kl_standard")
def kl_standard(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)


@operation("kl_spatial")
def kl_spatial(mu, logvar):
    return 0.5 * torch.sum(mu.pow(2) + logvar.exp() - 1 - logvar, dim=[1, 2, 3])


@operation("kl_gaussians")
def kl_gaussians(mu_q, logvar_q, mu_p, logvar_p):
    return D.kl_divergence(normal(mu_q, logvar_q), normal(mu_p, logvar_p)).sum(-1)


@operation("reparameterize")
def reparameterize(mu, logvar, epsilon):
    with noise(epsilon):
        return normal(mu, logvar).rsample()


@operation("kl_residual")
def kl_residual(delta_mu, delta_logvar, logvar_p):
    return 0.5 * (delta_mu**2 / logvar_p.exp() + delta_logvar.exp() - 1 - delta_logvar).sum(-1)


@operation("gaussian_merge")
def gaussian_merge(mu_a, logvar_a, mu_b, logvar_b):
    precision_a, precision_b = torch.exp(-logvar_a), torch.exp(-logvar_b)
    precision = precision_a + precision_b
    return (precision_a * mu_a + precision_b * mu_b) / precision, -torch.log(precision)


@operation("free_bits")
def free_bits(kl, floor):
    return kl.clamp(min=floor).sum(-1)


@operation("kl_balancing")
def kl_balancing(mu_q, logvar_q, mu_p, logvar_p, weight_dynamics, weight_representation):
    dynamics = kl_gaussians(mu_q.detach(), logvar_q.detach(), mu_p, logvar_p)
    representation = kl_gaussians(mu_q, logvar_q, mu_p.detach(), logvar_p.detach())
    return weight_dynamics * dynamics + weight_representation * representation


@operation("nvae_kl_balancer")
def nvae_kl_balancer(kl, alpha):
    weight = (kl.abs().mean(0) + 0.01) / alpha
    return (kl * (weight / weight.mean()).detach()).sum(-1)


@operation("temperature_logvar")
def temperature_logvar(logvar, temperature):
    return logvar + 2 * math.log(temperature)


@operation("vae_loss")
def vae_loss(x, x_hat, mu, logvar, beta):
    reconstruction, kl = F.mse_loss(x_hat, x, reduction="none").sum(-1), kl_standard(mu, logvar)
    return reconstruction + beta * kl, reconstruction, kl


@operation("bce")
def bce(x, x_hat):
    return -(x * torch.log(x_hat + 1e-8) + (1 - x) * torch.log(1 - x_hat + 1e-8)).sum(-1)


@operation("vae_loss_bce")
def vae_loss_bce(x, x_hat, mu, logvar, beta):
    reconstruction, kl = bce(x, x_hat), kl_standard(mu, logvar)
    return reconstruction + beta * kl, reconstruction, kl


@operation("kl_warmup")
def kl_warmup(step, warmup_steps):
    return torch.clamp(step / warmup_steps, max=1.0)


@operation("iwae_bound")
def iwae_bound(log_weights):
    return torch.logsumexp(log_weights, dim=-1) - math.log(log_weights.shape[-1])


@operation("iwae_weights", detached=["log_weights"])
def iwae_weights(log_weights):
    return torch.softmax(log_weights, dim=-1).detach()


@operation("capacity_loss")
def capacity_loss(kl, capacity, gamma):
    return gamma * (kl.sum(-1) - capacity).abs()


@operation("capacity_schedule")
def capacity_schedule(step, capacity_max, steps):
    return capacity_max * torch.clamp(step / steps, max=1.0)


@operation("cyclical_beta")
def cyclical_beta(step, period, ramp_steps):
    return torch.clamp((step % period) / ramp_steps, max=1.0)

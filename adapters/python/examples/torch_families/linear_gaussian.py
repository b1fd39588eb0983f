"""z ~ N(0, I), x | z ~ N(w z, s2 I): everything in closed form, so that a bound can be held against the truth."""
import math

import torch
from torch import distributions as D

from latent_adapter import operation


@operation("linear_gaussian_log_evidence")
def log_evidence(x, w, noise_variance):
    covariance = w @ w.T + noise_variance * torch.eye(w.shape[0], device=w.device)
    return D.MultivariateNormal(torch.zeros(w.shape[0], device=w.device), covariance).log_prob(x)


@operation("linear_gaussian_posterior")
def posterior(x, w, noise_variance):
    covariance = torch.linalg.inv(torch.eye(w.shape[1], device=w.device) + w.T @ w / noise_variance)
    return x @ w @ covariance / noise_variance, covariance


@operation("linear_gaussian_elbo")
def elbo(x, w, noise_variance, mu, logvar):
    misfit = (x - mu @ w.T).square().sum(-1) + (logvar.exp() * w.square().sum(0)).sum(-1)
    log_variance = torch.log(torch.as_tensor(noise_variance, dtype=x.dtype, device=x.device))
    reconstruction = -0.5 * (x.shape[1] * (math.log(2 * math.pi) + log_variance) + misfit / noise_variance)
    kl = 0.5 * (mu.square() + logvar.exp() - 1 - logvar).sum(-1)
    return reconstruction - kl, reconstruction, kl


@operation("linear_gaussian_gap")
def gap(x, w, noise_variance, mu, logvar):
    mean, covariance = posterior(x, w, noise_variance)
    q = D.MultivariateNormal(mu, torch.diag_embed(logvar.exp()))
    return D.kl_divergence(q, D.MultivariateNormal(mean, covariance.expand(len(x), -1, -1)))

"""What is done with a Gaussian and its draws: clamped, sampled, weighed, and all posteriors of a batch looked at as one."""
import math

import torch
from torch import distributions as D

from latent_adapter import noise, operation

from .gaussian import kl_standard, normal


def standard_log_prob(z):
    return D.Normal(0.0, 1.0).log_prob(z)


@operation("kl_clamped")
def kl_clamped(mu, logvar, low, high):
    return kl_standard(mu, logvar.clamp(low, high))


@operation("kl_one_sample")
def kl_one_sample(z, mu, logvar):
    return (normal(mu, logvar).log_prob(z) - standard_log_prob(z)).sum(-1)


@operation("posterior_mode", detached=["logvar", "epsilon"])
def posterior_mode(mu, logvar, epsilon):
    return mu


@operation("reparameterize_draws")
def reparameterize_draws(mu, logvar, epsilon):
    with noise(epsilon):
        return normal(mu, logvar).rsample(epsilon.shape[:1])


@operation("importance_log_weights")
def importance_log_weights(log_likelihood, z, mu, logvar):
    return log_likelihood + (standard_log_prob(z) - normal(mu[:, None], logvar[:, None]).log_prob(z)).sum(-1)


@operation("tc_decomposition")
def tc_decomposition(z, mu, logvar, dataset_size):
    q = normal(mu, logvar)
    each = q.log_prob(z[:, None])  # of draw i under posterior j, an axis at a time
    size = math.log(dataset_size * max(len(z), 1))
    joint = torch.logsumexp(each.sum(-1), dim=1) - size
    product = (torch.logsumexp(each, dim=1) - size).sum(-1)
    return q.log_prob(z).sum(-1) - joint, joint - product, product - standard_log_prob(z).sum(-1)


def mmd(x, y, kernel):
    """Unbiased: pairs of a point with itself are left out."""
    def mean(a, b, kept=...):
        return kernel((a[:, None] - b).square().sum(-1))[kept].mean()

    def others(a):
        return ~torch.eye(len(a), dtype=torch.bool, device=a.device)
    return mean(x, x, others(x)) + mean(y, y, others(y)) - 2 * mean(x, y)


@operation("mmd_rbf")
def mmd_rbf(x, y, bandwidth):
    return mmd(x, y, lambda squared: torch.exp(-squared / (2 * bandwidth**2)))


@operation("mmd_imq")
def mmd_imq(x, y, scale):
    return mmd(x, y, lambda squared: scale / (scale + squared))

"""The posterior of the KL autoencoder: DiagonalGaussianDistribution of CompVis/latent-diffusion.

    git clone https://github.com/CompVis/latent-diffusion
    export PYTHONPATH=latent-diffusion
    latent verify -- python3 latent_diffusion.py

The profile says what it does otherwise than the house: the log-variance is clamped to [-30, 20].
"""
import pathlib
import sys

import torch

sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])
from latent_adapter import Declined, noise, operation, run  # noqa: E402
from ldm.modules.distributions.distributions import DiagonalGaussianDistribution  # noqa: E402


def posterior(mu, logvar):
    """Mean and log-variance are the halves of the channels; a vector is a map of one position."""
    return DiagonalGaussianDistribution(torch.cat([mu, logvar], dim=1).reshape(len(mu), 2 * mu.shape[1], *(mu.shape[2:] or (1, 1))))


@operation("kl_standard", "kl_spatial")
def kl(mu, logvar):
    return posterior(mu, logvar).kl()


@operation("kl_clamped")
def kl_clamped(mu, logvar, low, high):
    if (low, high) != (-30, 20):
        raise Declined("clamps to [-30, 20] and to nothing else")
    return posterior(mu, logvar).kl()


@operation("kl_gaussians")
def kl_gaussians(mu_q, logvar_q, mu_p, logvar_p):
    return posterior(mu_q, logvar_q).kl(posterior(mu_p, logvar_p))


@operation("kl_one_sample")
def kl_one_sample(z, mu, logvar):
    """nll() is -log of the density, so that the prior's less the posterior's is log q - log p."""
    z, prior = z[..., None, None], posterior(torch.zeros_like(mu), torch.zeros_like(logvar))
    return prior.nll(z) - posterior(mu, logvar).nll(z)


@operation("reparameterize")
def reparameterize(mu, logvar, epsilon):
    with noise(epsilon[..., None, None]):
        return posterior(mu, logvar).sample().reshape(mu.shape)


@operation("reparameterize_draws")
def reparameterize_draws(mu, logvar, epsilon):
    return torch.stack([reparameterize(mu, logvar, e) for e in epsilon]) if len(epsilon) else epsilon


@operation("posterior_mode", detached=["logvar", "epsilon"])
def posterior_mode(mu, logvar, epsilon):
    return posterior(mu, logvar).mode().reshape(mu.shape)


run(name="latent-diffusion", tensors="torch", profile="latent-diffusion")

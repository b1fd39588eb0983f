"""Stands in for the module of this name in latent-diffusion: its interface and conventions, not its code."""
import math

import torch


class DiagonalGaussianDistribution:
    AXES = (1, 2, 3)

    def __init__(self, parameters):
        self.mean, logvar = parameters.tensor_split(2, dim=1)
        self.logvar = logvar.clamp(-30, 20)

    def sample(self):
        return self.mean + (self.logvar / 2).exp() * torch.randn(self.mean.shape)

    def mode(self):
        return self.mean

    def kl(self, other=None):
        if other is None:
            return (self.mean.square() + self.logvar.exp() - 1 - self.logvar).sum(self.AXES) / 2
        distance = (self.mean - other.mean).square() * (-other.logvar).exp()
        return (distance + (self.logvar - other.logvar).exp() - 1 - self.logvar + other.logvar).sum(self.AXES) / 2

    def nll(self, sample):
        return (math.log(2 * math.pi) + self.logvar + (sample - self.mean).square() * (-self.logvar).exp()).sum(self.AXES) / 2

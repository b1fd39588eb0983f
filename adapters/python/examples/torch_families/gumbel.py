"""Discrete latents relaxed by Gumbel's noise, what they cost, and how the temperature falls."""
import torch
from torch import distributions as D
from torch.nn import functional as F

from latent_adapter import noise, operation


@operation("gumbel_noise")
def gumbel_noise(uniforms):
    return -torch.log(-torch.log(uniforms))


@operation("gumbel_softmax")
def gumbel_softmax(logits, uniforms, temperature):
    with noise(uniforms):
        return F.gumbel_softmax(logits, tau=temperature)


@operation("gumbel_softmax_hard")
def gumbel_softmax_hard(logits, uniforms, temperature):
    with noise(uniforms):
        y = F.gumbel_softmax(logits, tau=temperature, hard=True)
    return y, y.argmax(-1)


@operation("gumbel_quantize", detached=["logits"])  # in evaluation none of them is reached
def gumbel_quantize(logits, uniforms, temperature, training):
    if training:
        return gumbel_softmax_hard(logits, uniforms, temperature)
    indices = logits.argmax(-1)
    return F.one_hot(indices, logits.shape[-1]).to(logits.dtype), indices


@operation("kl_categorical_uniform")
def kl_categorical_uniform(logits):
    return D.kl_divergence(D.Categorical(logits=logits), D.Categorical(logits=torch.zeros_like(logits)))


@operation("temperature_anneal_linear")
def temperature_anneal_linear(step, start, end, steps):
    part = torch.clamp(step / steps, max=1.0)
    return (1 - part) * start + part * end


@operation("temperature_anneal_exponential")
def temperature_anneal_exponential(step, start, end, steps):
    return start * (end / start) ** torch.clamp(step / steps, max=1.0)

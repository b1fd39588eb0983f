"""PyTorch functions whose gradients, noise and modules are right, and some whose are not."""
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "adapters" / "python"))
from latent_adapter import bind, noise, operation, run  # noqa: E402


def draws(mu, logvar):
    return mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)


@operation("reparameterize")
def sample(mu, logvar, epsilon):
    with noise(epsilon):
        return draws(mu, logvar)


@operation("gumbel_noise")
def draws_nothing(uniforms):
    with noise(uniforms):
        return uniforms


@operation("gumbel_softmax")
def draws_twice(logits, uniforms, temperature):
    with noise(uniforms):
        return torch.rand(logits.shape) + torch.rand(logits.shape)


@operation("temperature_logvar")
def draws_another_shape(logvar, temperature):
    with noise(logvar):
        return torch.randn(9, 9)


@operation("straight_through", detached=["quantized"])
def declared(z, quantized):
    return z + (quantized - z).detach()


@operation("vq_quantize")
def undeclared(z, codebook):
    indices = torch.cdist(z, codebook).argmin(-1)
    return z + (codebook[indices] - z).detach(), indices


@operation("kl_standard")
@torch.no_grad()
def without_graph(mu, logvar):
    return 0.5 * (mu**2 + logvar.exp() - 1 - logvar).sum(-1)


@operation("squared_error_sum", grad=False)
def without_gradient(x, x_hat):
    return (x - x_hat).square().sum(-1)


@operation("vae_loss")
def a_part(x, x_hat, mu, logvar, beta):
    return {"kl": mu.sum(-1)}


class Tied(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.Linear(2, 3, bias=False)

    def forward(self, x):
        return self.encoder(x) @ self.encoder.weight


@operation("tied_linear")
def of_a_module(x, w):
    return bind(Tied(), {"encoder.weight": w})(x)


class Codebook(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("codes", torch.zeros(1, 1))

    def forward(self, z, indices, decay):
        count = torch.bincount(indices, minlength=len(self.codes)).unsqueeze(-1)
        mean = torch.zeros_like(self.codes).index_add(0, indices, z) / count.clamp(min=1)
        self.codes = torch.where(count > 0, decay * self.codes + (1 - decay) * mean, self.codes)  # another tensor in its place


@operation("ema_update_lesson")
def left_in_a_buffer(codebook, z, indices, decay):
    module = bind(Codebook(), {"codes": codebook})
    module(z, indices, decay)
    return module.state["codes"]


run(name="gradients", tensors="torch")

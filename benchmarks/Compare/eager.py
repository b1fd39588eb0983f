"""What a user would write instead, one function an operation and way of writing it.

Each takes the operation's inputs by name and returns the call that is timed. "eager" in its name: written as the formula is
read, temporaries and all, which is what a bar against PyTorch eager means. "in place" is what a patient user gets out of the same
library with buffers kept between the calls: measured and shown beside it. Other libraries and kept buffers are the host's alone; a
device that was named has PyTorch eager, and what it makes lies where its inputs do.
"""
import numpy
import torch
from torch.nn import functional as F

_peers = []


def peer(operation, name, kind="peer", faiss=False, only=None):
    """only: "host", without --device; "device", with it; None, in both."""
    def register(maker):
        _peers.append((operation, name, kind, faiss, only, maker))
        return maker
    return register


def of(operation, faiss, place):
    """Name, kind and maker of all that can answer an operation here; place is "host" or "device"."""
    for served, name, kind, wants_faiss, only, maker in _peers:
        if served == operation and (faiss or not wants_faiss) and only in (None, place):
            yield name, kind, maker


def forward_and_backward(forward, inputs, cotangent):
    """What a training step does: leaves that ask for gradients, the graph made, and walked back."""
    leaves = tuple(tensor.detach().requires_grad_() for tensor in inputs)

    def call():
        with torch.enable_grad():
            return torch.autograd.grad(forward(*leaves), leaves, cotangent)
    return call


def product(left, right):
    """The library's matrix product, of as many rows at a time as 256 MiB hold, into a buffer that is kept."""
    held = left.new_empty(max(1, min(left.shape[0], 2 ** 26 // right.shape[1])), right.shape[1])

    def call():
        for rows in left.split(held.shape[0]):
            torch.mm(rows, right, out=held[:rows.shape[0]])
    return call


# -- vector quantization: -2 z.e + |e|^2 has the argmin of the distance

@peer("vq_assign", "sgemm", kind="sgemm", only="device")
def _(z, codebook):
    return product(z, codebook.T)


@peer("vq_assign", "sgemm", kind="sgemm", only="host")
def _(z, codebook):
    left, right = z.numpy(), codebook.numpy().T
    product = numpy.empty((left.shape[0], right.shape[1]), numpy.float32)
    return lambda: numpy.matmul(left, right, out=product)


@peer("vq_assign", "torch cdist argmin")
def _(z, codebook):
    return lambda: torch.cdist(z, codebook).argmin(1)


@peer("vq_assign", "torch addmm argmin", only="host")
def _(z, codebook):
    scores = torch.empty(z.shape[0], codebook.shape[0])
    return lambda: torch.addmm((codebook * codebook).sum(1), z, codebook.T, alpha=-2, out=scores).argmin(1)


# PyTorch's min that also gives the index takes half the time of its argmin.
@peer("vq_assign", "torch addmm min", only="host")
def _(z, codebook):
    scores = torch.empty(z.shape[0], codebook.shape[0])
    return lambda: torch.addmm((codebook * codebook).sum(1), z, codebook.T, alpha=-2, out=scores).min(1).indices


@peer("vq_assign", "FAISS IndexFlatL2", faiss=True, only="host")
def _(z, codebook):
    import faiss
    index = faiss.IndexFlatL2(codebook.shape[1])
    index.add(codebook.numpy())
    return lambda: index.search(z.numpy(), 1)[1][:, 0]


@peer("vq_assign", "numpy matmul argmin", only="host")
def _(z, codebook):
    left, right = z.numpy(), codebook.numpy()
    scores = numpy.empty((left.shape[0], right.shape[0]), numpy.float32)

    def call():
        numpy.matmul(left * numpy.float32(-2), right.T, out=scores)
        numpy.add(scores, numpy.einsum("kd,kd->k", right, right), out=scores)
        return scores.argmin(1)
    return call


def residual(z, codebooks, nearest):
    rest, chosen = z, []
    for codebook in codebooks:
        indices = nearest(rest, codebook)
        rest = rest - codebook[indices]
        chosen.append(indices)
    return z - rest, torch.stack(chosen, 1)


@peer("rvq_quantize", "sgemm", kind="sgemm", only="device")
def _(z, codebooks):
    stages = [product(z, codebook.T) for codebook in codebooks]
    return lambda: [stage() for stage in stages]


@peer("rvq_quantize", "torch eager cdist")
def _(z, codebooks):
    return lambda: residual(z, codebooks, lambda r, e: torch.cdist(r, e).argmin(1))


@peer("rvq_quantize", "torch eager addmm")
def _(z, codebooks):
    return lambda: residual(z, codebooks, lambda r, e: torch.addmm((e * e).sum(1), r, e.T, alpha=-2).min(1).indices)


def averaged(counts, sums, n, total, decay, epsilon):
    new_counts = counts * decay + n * (1 - decay)
    new_sums = sums * decay + total * (1 - decay)
    all_counts = new_counts.sum()
    smoothed = (new_counts + epsilon) / (all_counts + counts.shape[0] * epsilon) * all_counts
    return new_counts, new_sums, new_sums / smoothed[:, None]


@peer("ema_update", "torch eager one-hot")
def _(counts, sums, z, indices, decay, epsilon):
    def call():
        onehot = F.one_hot(indices, counts.shape[0]).to(z.dtype)
        return averaged(counts, sums, onehot.sum(0), onehot.T @ z, decay, epsilon)
    return call


@peer("ema_update", "torch eager index_add")
def _(counts, sums, z, indices, decay, epsilon):
    def call():
        n = torch.bincount(indices, minlength=counts.shape[0])
        return averaged(counts, sums, n, torch.zeros_like(sums).index_add_(0, indices, z), decay, epsilon)
    return call


@peer("gumbel_softmax", "torch eager")
def _(logits, uniforms, temperature):
    return lambda: torch.softmax((logits - torch.log(-torch.log(uniforms))) / temperature, -1)


@peer("gumbel_softmax", "torch in place", only="host")
def _(logits, uniforms, temperature):
    noise, y = torch.empty_like(logits), torch.empty_like(logits)

    def call():
        torch.log(uniforms, out=noise).neg_().log_()
        torch.sub(logits, noise, out=noise).div_(temperature)
        return torch.softmax(noise, -1, out=y)
    return call


# -- the Gaussian

@peer("kl_standard", "torch eager")
def _(mu, logvar):
    return lambda: 0.5 * (mu.pow(2) + logvar.exp() - 1 - logvar).sum(1)


@peer("kl_standard", "torch in place", only="host")
def _(mu, logvar):
    terms = torch.empty_like(mu)
    return lambda: torch.exp(logvar, out=terms).sub_(logvar).addcmul_(mu, mu).sum(1).sub_(mu.shape[1]).mul_(0.5)


@peer("kl_standard.vjp", "torch eager")
def _(mu, logvar, d_kl):
    return lambda: (d_kl[:, None] * mu, 0.5 * d_kl[:, None] * (logvar.exp() - 1))


@peer("kl_standard.vjp", "torch eager autograd")
def _(mu, logvar, d_kl):
    with torch.enable_grad():
        leaves = mu.clone().requires_grad_(), logvar.clone().requires_grad_()
        kl = 0.5 * (leaves[0].pow(2) + leaves[1].exp() - 1 - leaves[1]).sum(1)
    return lambda: torch.autograd.grad(kl, leaves, d_kl, retain_graph=True)


@peer("kl_standard.vjp", "torch eager forward and backward", only="device")
def _(mu, logvar, d_kl):
    return forward_and_backward(lambda m, l: 0.5 * (m.pow(2) + l.exp() - 1 - l).sum(1), (mu, logvar), d_kl)


@peer("kl_standard.vjp", "torch in place", only="host")
def _(mu, logvar, d_kl):
    d_mu, d_logvar = torch.empty_like(mu), torch.empty_like(mu)

    def call():
        torch.mul(mu, d_kl[:, None], out=d_mu)
        torch.exp(logvar, out=d_logvar).sub_(1).mul_(0.5 * d_kl[:, None])
        return d_mu, d_logvar
    return call


@peer("reparameterize", "torch eager")
def _(mu, logvar, epsilon):
    return lambda: mu + torch.exp(0.5 * logvar) * epsilon


@peer("reparameterize", "torch in place", only="host")
def _(mu, logvar, epsilon):
    z = torch.empty_like(mu)
    return lambda: torch.mul(logvar, 0.5, out=z).exp_().mul_(epsilon).add_(mu)


# -- quantizers without a table

@peer("fsq", "torch eager")
def _(z, levels):
    def call():
        half = (levels - 1) * (1 + 1e-3) / 2
        offset = torch.where(levels % 2 == 0, 0.5, 0.0)
        bounded = (z + (offset / half).atanh()).tanh() * half - offset
        return bounded.round() / (levels // 2)
    return call


@peer("lfq_quantize", "torch eager where")
def _(z, scale):
    basis = 2 ** torch.arange(z.shape[1], device=z.device)
    return lambda: (torch.where(z > 0, scale, -scale), ((z > 0).long() * basis).sum(1))


@peer("lfq_quantize", "torch eager matmul")
def _(z, scale):
    basis = 2.0 ** torch.arange(z.shape[1], device=z.device)

    def call():
        bits = (z > 0).float()
        return (2 * bits - 1) * scale, (bits @ basis).long()
    return call


# -- losses, a value a sample

@peer("squared_error_sum", "torch eager")
def _(x, x_hat):
    return lambda: (x - x_hat).pow(2).sum(1)


@peer("squared_error_sum", "torch eager mse_loss")
def _(x, x_hat):
    return lambda: F.mse_loss(x_hat, x, reduction="none").sum(1)


@peer("squared_error_sum.vjp", "torch eager")
def _(x, x_hat, d_loss):
    return lambda: 2 * d_loss[:, None] * (x_hat - x)


@peer("squared_error_sum.vjp", "torch eager forward and backward", only="device")
def _(x, x_hat, d_loss):
    return forward_and_backward(lambda answer: (x - answer).pow(2).sum(1), (x_hat,), d_loss)


@peer("l1", "torch eager")
def _(x, x_hat):
    return lambda: (x - x_hat).abs().sum(1)


@peer("bce", "torch eager")
def _(x, x_hat):
    return lambda: -(x * torch.log(x_hat + 1e-8) + (1 - x) * torch.log(1 - x_hat + 1e-8)).sum(1)


@peer("bce_logits", "torch eager")
def _(x, logits):
    return lambda: F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1)


@peer("vae_loss", "torch eager")
def _(x, x_hat, mu, logvar, beta):
    def call():
        reconstruction = (x - x_hat).pow(2).sum(1)
        kl = 0.5 * (mu.pow(2) + logvar.exp() - 1 - logvar).sum(1)
        return reconstruction + beta * kl, reconstruction, kl
    return call


# -- the encoder

@peer("conv2d", "sgemm", kind="sgemm", only="device")
def _(x, weight, stride, padding, dilation):
    return product(weight.flatten(1), F.unfold(x, weight.shape[2:], dilation, padding, stride).transpose(0, 1).flatten(1))


@peer("conv2d", "torch eager")
def _(x, weight, bias, stride, padding, dilation):
    return lambda: F.conv2d(x, weight, bias, stride, padding, dilation)


@peer("conv2d", "torch channels_last")
def _(x, weight, bias, stride, padding, dilation):
    last = x.contiguous(memory_format=torch.channels_last), weight.contiguous(memory_format=torch.channels_last)
    return lambda: F.conv2d(*last, bias, stride, padding, dilation)

"""Stands in for vector-quantize-pytorch: the interface and the conventions of two of its modules, not their code."""
import torch
from torch.nn.functional import one_hot


def rotated(z, codes):
    """The codes, with the gradient of the rotation that takes z there, by as much as their lengths differ."""
    length, reach = z.norm(dim=-1, keepdim=True).clamp(min=1e-6), codes.norm(dim=-1, keepdim=True)
    a, b = (z / length).detach(), codes / reach.clamp(min=1e-6)
    half = torch.nn.functional.normalize(a + b, dim=-1, eps=1e-6)
    turned = z - 2 * (z * half).sum(-1, keepdim=True) * half + 2 * (z * a).sum(-1, keepdim=True) * b
    return turned * (reach / length).detach()


class Codebook(torch.nn.Module):
    """Buffers with an axis for heads in front."""

    def __init__(self, dim, size):
        super().__init__()
        for name, start in dict(embed=torch.randn(1, size, dim), cluster_size=torch.ones(1, size), embed_avg=torch.zeros(1, size, dim)).items():
            self.register_buffer(name, start)

    def replace_sample_fn(self, samples, number):
        return samples[:, torch.randint(samples.shape[1], (number,))]


class VectorQuantize(torch.nn.Module):
    def __init__(self, dim, codebook_size, decay=0.8, eps=1e-5, commitment_weight=1.0, threshold_ema_dead_code=0, accept_image_fmap=False):
        super().__init__()
        self.decay, self.eps, self.commitment_weight, self.threshold = decay, eps, commitment_weight, threshold_ema_dead_code
        self.accept_image_fmap, self._codebook = accept_image_fmap, Codebook(dim, codebook_size)

    def forward(self, x):
        rows = x.movedim(1, -1) if self.accept_image_fmap else x
        embed = self._codebook.embed[0].detach()
        indices = (rows[..., None, :] - embed).square().sum(-1).argmin(-1)
        codes, loss = embed[indices], torch.zeros(())
        quantized = codes
        if self.training:
            loss = self.commitment_weight * (codes - rows).square().mean()
            quantized = rotated(rows, codes) if x.requires_grad else codes
            self.learn(rows.detach().reshape(-1, rows.shape[-1]), indices.flatten())
        return quantized.movedim(-1, 1) if self.accept_image_fmap else quantized, indices, loss

    @torch.no_grad()
    def learn(self, rows, indices):
        book, chosen = self._codebook, one_hot(indices, self._codebook.embed.shape[1]).to(rows)
        for average, batch in (book.cluster_size, chosen.sum(0)), (book.embed_avg, chosen.T @ rows):
            average.mul_(self.decay).add_((1 - self.decay) * batch)
        total, size = book.cluster_size.sum(), book.cluster_size.shape[1]
        smooth = (book.cluster_size + self.eps) / (total + size * self.eps) * total
        book.embed.copy_(book.embed_avg / smooth[..., None])
        dead = book.cluster_size[0] < self.threshold
        if dead.any():
            book.embed[0, dead] = book.replace_sample_fn(rows[None], int(dead.sum()))[0]
            book.cluster_size[0, dead] = self.threshold
            book.embed_avg[0, dead] = book.embed[0, dead] * self.threshold


class FSQ(torch.nn.Module):
    def __init__(self, levels):
        super().__init__()
        self.levels = torch.tensor(levels)
        self.width, self.basis = self.levels // 2, torch.tensor([1, *levels[:-1]]).cumprod(0)

    def forward(self, z):
        half, offset = (self.levels - 1) * 1.001 / 2, (self.levels % 2 == 0) / 2
        bounded = (z + (offset / half).atanh()).tanh() * half - offset
        codes = (bounded + (bounded.round() - bounded).detach()) / self.width
        return codes, self.codes_to_indices(codes)

    def codes_to_indices(self, codes):
        return ((codes * self.width + self.width) * self.basis).sum(-1).round().long()

    def indices_to_codes(self, indices):
        codes = (indices[..., None] // self.basis % self.levels - self.width) / self.width
        return codes.movedim(-1, 1) if indices.ndim > 2 else codes

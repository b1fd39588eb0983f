"""Stands in for the module of this name in encodec: its interface and conventions, not its code."""
import torch
from torch.nn.functional import one_hot


class Codebook(torch.nn.Module):
    def __init__(self, dim, size):
        super().__init__()
        for name, start in dict(embed=torch.randn(size, dim), cluster_size=torch.zeros(size), embed_avg=torch.zeros(size, dim)).items():
            self.register_buffer(name, start)


class VectorQuantization(torch.nn.Module):
    """Time is the last axis: [batch, channels, time]. Codes that die stay dead here."""

    def __init__(self, dim, codebook_size, decay=0.99, epsilon=1e-5, kmeans_init=True, threshold_ema_dead_code=2, commitment_weight=1.0):
        super().__init__()
        self.decay, self.epsilon, self.commitment_weight, self._codebook = decay, epsilon, commitment_weight, Codebook(dim, codebook_size)

    def decode(self, indices):
        return self._codebook.embed[indices].mT

    def forward(self, x):
        rows = x.mT
        indices = (rows[..., None, :] - self._codebook.embed.detach()).square().sum(-1).argmin(-1)
        codes, loss = self.decode(indices), torch.zeros(1)
        if self.training:
            loss = loss + self.commitment_weight * (codes.detach() - x).square().mean()
            codes = x + (codes - x).detach()
            self.learn(rows.detach().reshape(-1, rows.shape[-1]), indices.flatten())
        return codes, indices, loss

    @torch.no_grad()
    def learn(self, rows, indices):
        book, chosen = self._codebook, one_hot(indices, len(self._codebook.embed)).to(rows)
        for average, batch in (book.cluster_size, chosen.sum(0)), (book.embed_avg, chosen.T @ rows):
            average.mul_(self.decay).add_((1 - self.decay) * batch)
        total = book.cluster_size.sum()
        smooth = (book.cluster_size + self.epsilon) / (total + len(book.cluster_size) * self.epsilon) * total
        book.embed.data.copy_(book.embed_avg / smooth[:, None])

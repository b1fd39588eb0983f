"""Stands in for the module of this name in taming-transformers: its interface and conventions, not its code."""
import torch


class VectorQuantizer2(torch.nn.Module):
    def __init__(self, n_e, e_dim, beta, sane_index_shape=False, legacy=True):
        super().__init__()
        self.embedding = torch.nn.Embedding(n_e, e_dim)
        self.weights = (beta, 1) if legacy else (1, beta)
        self.sane_index_shape = sane_index_shape

    def forward(self, z):
        rows = z.movedim(1, -1)
        indices = (rows[..., None, :] - self.embedding.weight).square().sum(-1).argmin(-1)
        codes = self.embedding(indices)
        codebook, commitment = (codes - rows.detach()).square().mean(), (codes.detach() - rows).square().mean()
        quantized = rows + (codes - rows).detach()
        indices = indices if self.sane_index_shape else indices.flatten()
        return quantized.movedim(-1, 1), self.weights[0] * codebook + self.weights[1] * commitment, (None, None, indices)

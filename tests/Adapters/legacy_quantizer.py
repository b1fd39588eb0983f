"""A quantizer in the manner of taming-transformers: one module, one loss, a mean, beta on the codebook's term."""
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "adapters" / "python"))
from latent_adapter import bind, operation, run  # noqa: E402


class VectorQuantizer(torch.nn.Module):
    def __init__(self, size, dimensions, beta):
        super().__init__()
        self.beta, self.embedding = beta, torch.nn.Embedding(size, dimensions)

    def forward(self, z):
        indices = (z[:, None] - self.embedding.weight).square().sum(-1).argmin(-1)
        quantized = self.embedding(indices)
        loss = torch.mean((quantized.detach() - z) ** 2) + self.beta * torch.mean((quantized - z.detach()) ** 2)
        return z + (quantized - z).detach(), indices, loss


said = dict(reduce="mean", beta="legacy") if sys.argv[1] == "declared" else {}


@operation("vq_quantize", "vq_loss", fields=["quantized", "indices", "loss"], detached=["codebook"], **said)
def quantizer(z, codebook, beta=0.25):
    return bind(VectorQuantizer(*codebook.shape, beta), {"embedding.weight": codebook})(z)


run(name="legacy", tensors="torch")

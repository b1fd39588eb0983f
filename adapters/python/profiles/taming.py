"""VectorQuantizer2 of CompVis/taming-transformers as it is by default.

    git clone https://github.com/CompVis/taming-transformers
    export PYTHONPATH=taming-transformers
    latent verify -- python3 taming.py

The profile says what it does otherwise than the house: the loss is a mean over all elements, and beta weighs the codebook's
term. With legacy=False it weighs the commitment; then say run(..., beta="paper").
"""
import pathlib
import sys

sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])  # in the place of this folder, where taming.py is not the package
from latent_adapter import Declined, bind, operation, run  # noqa: E402
from taming.modules.vqvae.quantize import VectorQuantizer2  # noqa: E402


def quantizer(z, codebook, beta=0.25):
    layer = bind(VectorQuantizer2(*codebook.shape, beta, sane_index_shape=True), {"embedding.weight": codebook})
    quantized, loss, (_, _, indices) = layer(z)
    return quantized, indices, loss


@operation("vq_quantize_map", fields=["quantized", "indices", "loss"], detached=["codebook"])
def quantize_map(z, codebook):
    return quantizer(z, codebook)


@operation("vq_assign", "vq_quantize", "vq_loss", fields=["quantized", "indices", "loss"], detached=["codebook"])
def quantize(z, codebook, beta=0.25):
    """Rows are maps of one position."""
    quantized, indices, loss = quantizer(z[..., None, None], codebook, beta)
    return quantized.reshape(z.shape), indices.reshape(len(z)), loss


@operation("vq_layer", fields=["quantized", "indices", "loss"])
def layer(z, codebook, beta, mask, training):
    if training != 1 or (mask != 1).any():
        raise Declined("knows no padding, and has the same loss in evaluation")
    return quantize(z, codebook, beta)


run(name="taming", tensors="torch", profile="taming")

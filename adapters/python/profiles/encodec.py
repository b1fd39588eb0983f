"""The residual quantizer of facebookresearch/encodec, and the quantizer that each of its stages is.

    pip install encodec
    latent verify --smoke -- python3 encodec.py
    latent verify -- python3 encodec.py

The profile says what it does otherwise than the house: the commitment loss is a mean over all elements.
"""
import pathlib
import sys

import torch

sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])  # in the place of this folder, where encodec.py is not the package
from encodec.quantization import ResidualVectorQuantizer  # noqa: E402
from encodec.quantization.core_vq import VectorQuantization  # noqa: E402
from latent_adapter import Declined, bind, operation, run  # noqa: E402

FIXED = dict(kmeans_init=False, threshold_ema_dead_code=0)  # codes are given, and none is drawn anew


# -- the whole quantizer; time is the last axis, and the samples stand along it

def residual(codebooks):
    stages, bins, dimension = codebooks.shape
    quantizer = ResidualVectorQuantizer(dimension, stages, bins, **FIXED)
    return bind(quantizer, {f"vq.layers.{i}._codebook.embed": codebook for i, codebook in enumerate(codebooks)})


@operation("rvq_quantize", detached=["codebooks"])
def quantize(z, codebooks):
    result = residual(codebooks)(z.T[None], frame_rate=75)
    return result.quantized[0].T, result.codes[:, 0].T


@operation("rvq_decode")
def decode(indices, codebooks):
    if (indices == -1).any():
        raise Declined("stages are dropped for all samples at once, by fewer codes")
    bound = residual(codebooks)
    bound.module.forward = bound.module.decode
    return bound(indices.T[:, None])[0].T


# From the second stage on no commitment reaches z: its straight-through stands in the residual (issue 25 of encodec). Without
# grad=False rvq_loss.vjp shows it.
@operation("rvq_loss", detached=["codebooks"], grad=False)
def loss(z, codebooks):
    """A penalty is the mean over stages and elements; a sample by itself gives the sum over them."""
    stages, _, dimension = codebooks.shape
    means = [residual(codebooks)(row[None, :, None], frame_rate=75).penalty for row in z]
    return torch.stack(means) * stages * dimension if means else z.sum(1)


@operation("rvq_bit_rate")
def bit_rate(codebook_size, stages, sample_rate, hop):
    if codebook_size & (codebook_size - 1):
        raise Declined("a codebook has a power of two of codes, as EncodecModel asserts")
    quantizer = ResidualVectorQuantizer(1, 1, 1, **FIXED)
    quantizer.bins = codebook_size  # by itself: the codes would fill the memory
    return stages * quantizer.get_bandwidth_per_quantizer(sample_rate / hop)


# -- one stage

STATE = "_codebook.embed", "_codebook.cluster_size", "_codebook.embed_avg"


def single(codebook, counts=None, sums=None, **settings):
    """Its codes are a buffer, moved through its data: no gradient comes this way."""
    given = zip(STATE, (codebook.detach(), counts, sums))
    quantizer = VectorQuantization(codebook.shape[1], len(codebook), **FIXED, **settings)
    return bind(quantizer, {name: tensor for name, tensor in given if tensor is not None})


@operation("vq_assign", "vq_quantize", "commitment_loss", fields=["quantized", "indices", "loss"], detached=["codebook"])
def stage(z, codebook):
    quantized, indices, loss = single(codebook)(z.T[None])
    return quantized[0].T, indices[0], loss


# Codes that die are drawn anew into embed, which the average overwrites in the same step: revival has no effect, so it is not here.
@operation("vq_ema_layer", detached=["codebook"])
def ema_layer(z, codebook, counts, sums, beta, decay, epsilon):
    bound = single(codebook, counts, sums, decay=decay, epsilon=epsilon, commitment_weight=beta)
    quantized, indices, loss = bound(z.T[None])
    new_codebook, new_counts, new_sums = (bound.state[name] for name in STATE)
    return quantized[0].T, indices[0], loss, new_codebook, new_counts, new_sums


run(name="encodec", tensors="torch", profile="encodec")

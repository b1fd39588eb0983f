"""VectorQuantize and FSQ of lucidrains/vector-quantize-pytorch as they are by default.

    pip install vector-quantize-pytorch
    latent verify --smoke -- python3 lucidrains.py
    latent verify -- python3 lucidrains.py

The profile says what it does otherwise than the house: the commitment loss is a mean over all elements, and the gradient passes
the quantizer by the rotation trick.
"""
import math
import pathlib
import sys

sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])
from latent_adapter import Declined, bind, operation, run  # noqa: E402
from vector_quantize_pytorch import FSQ, VectorQuantize  # noqa: E402


# -- VectorQuantize: a step of training looks up first and moves the codebook then. ResidualVQ is not here: it goes straight
# through at every one of its Q stages, so that the gradient of the encoder comes out Q times as large.

STATE = "_codebook.embed", "_codebook.cluster_size", "_codebook.embed_avg"


def layer(codebook, counts=None, sums=None, **settings):
    """Its codes are a buffer, moved through its data: no gradient comes this way. The axis in front is for heads."""
    given = zip(STATE, (codebook.detach(), counts, sums))
    quantizer = VectorQuantize(codebook.shape[1], codebook.shape[0], **settings)
    return bind(quantizer, {name: tensor[None] for name, tensor in given if tensor is not None})


def learnt(bound):
    """What the call has left there."""
    return dict(zip(("new_codebook", "new_counts", "new_sums"), (bound.state[name][0] for name in STATE)))


@operation("vq_assign", "vq_quantize", "commitment_loss", fields=["quantized", "indices", "loss"], detached=["codebook"])
def quantize(z, codebook):
    return layer(codebook)(z)


@operation("vq_quantize_map", fields=["quantized", "indices", "loss"], detached=["codebook"])
def quantize_map(z, codebook):
    return layer(codebook, accept_image_fmap=True)(z)


@operation("vq_ema_layer", detached=["codebook"])
def ema_layer(z, codebook, counts, sums, beta, decay, epsilon):
    bound = layer(codebook, counts, sums, commitment_weight=beta, decay=decay, eps=epsilon)
    quantized, indices, loss = bound(z)
    return dict(quantized=quantized, indices=indices, loss=loss, **learnt(bound))


@operation("vq_train_step")
def train_step(z, codebook, counts, sums, candidates, decay, epsilon, threshold, training):
    if not len(z):
        raise Declined("revives codes from the batch, and this one is empty")
    bound = layer(codebook, counts, sums, decay=decay, eps=epsilon, threshold_ema_dead_code=threshold)
    bound.module.train(bool(training))
    bound.module._codebook.replace_sample_fn = lambda samples, number: candidates[None, :number]  # else drawn from z
    quantized, indices, _ = bound(z)
    return dict(quantized=quantized, indices=indices, **learnt(bound))


# -- FSQ

def scalar(levels):
    if (levels == 2).any():
        raise Declined("two levels only with preserve_symmetry, which is another bound")
    if math.prod(levels.tolist()) >= 2**31:
        raise Declined("indices are int32, and a table of all codes is made beforehand")
    return FSQ(levels.tolist())


@operation("fsq")
def fsq(z, levels):
    return scalar(levels)(z[None])[0][0]


@operation("fsq_codes_to_indices")
def codes_to_indices(codes, levels):
    return scalar(levels).codes_to_indices(codes)


@operation("fsq_indices_to_codes", "fsq_indices_to_codes_map")
def indices_to_codes(indices, levels):
    return scalar(levels).indices_to_codes(indices)


run(name="vector-quantize-pytorch", tensors="torch", profile="lucidrains")

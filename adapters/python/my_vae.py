"""Your VAE, held against LatentConformance. Put your own functions in place of the ones here, then type

    latent verify -- python3 my_vae.py

`latent ops` lists what can be asked, with the names and axes of inputs and outputs. What you leave out is not held against you.
"""
from math import exp

from latent_adapter import operation, run


# One value a sample: the sum over the last axis, never over the batch. Where yours does something else, say so:
# @operation("kl_standard", reduce="mean"), and the verdict is reached under that convention.
@operation("kl_standard")
def kl(mu, logvar):
    return [0.5 * sum(m * m + exp(v) - v - 1 for m, v in zip(ms, vs)) for ms, vs in zip(mu, logvar)]


# A gradient is an operation of its own. With tensors="torch" leave it out: autograd answers it.
@operation("kl_standard.vjp")
def kl_gradient(mu, logvar, d_kl):
    d_mu = [[d * m for m in ms] for d, ms in zip(d_kl, mu)]
    d_logvar = [[d * 0.5 * (exp(v) - 1) for v in vs] for d, vs in zip(d_kl, logvar)]
    return d_mu, d_logvar


# More of them, to uncomment and replace:
#
# @operation("vq_quantize", "vq_loss", fields=["quantized", "indices", "loss"], detached=["codebook"], beta="legacy")
# def quantizer(z, codebook, beta=0.25):                 # one forward for two operations
#     module = VectorQuantizer(*codebook.shape, beta)
#     return bind(module, {"embedding.weight": codebook})(z)
#
# @operation("reparameterize")
# def sample(mu, logvar, epsilon):                       # code that draws its own noise
#     with noise(epsilon):
#         return my_vae.reparameterize(mu, logvar)

if __name__ == "__main__":
    # tensors: "list" needs nothing, "numpy" and "torch" give arrays and tensors. dtype: what you compute in.
    run(name="my-vae", dtype="float64", tensors="list")

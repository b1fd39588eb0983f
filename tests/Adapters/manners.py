"""Functions with every bad manner that the adapter has to see, on plain lists."""
import math
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "adapters" / "python"))
from latent_adapter import Declined, operation, run  # noqa: E402

print("Welcome to a library with a banner")


@operation("kl_standard")
def prints(mu, logvar):
    print('{"id": 1, "outputs": {"kl": [0]}}')
    os.write(1, b"from below Python\n")
    return [0.5 * sum(m * m + math.exp(v) - v - 1 for m, v in zip(ms, vs)) for ms, vs in zip(mu, logvar)]


@operation("kl_standard.vjp")
def by_order(m, lv, d):
    return [[k * x for x in row] for k, row in zip(d, m)], [[k * 0.5 * (math.exp(v) - 1) for v in row] for k, row in zip(d, lv)]


@operation("squared_error_sum")
def changes(x, x_hat):
    x[0][0] = 7.0
    return [0.0 for _ in x]


@operation("l1")
def fails(x, x_hat):
    raise ValueError("the first line\nand a second")


@operation("bce")
def leaves(x, x_hat):
    sys.exit("I am off")


@operation("psnr")
def passes(x, x_hat, data_range):
    raise Declined("no decibels here")


@operation("reparameterize")
def mixed(logvar, mean, epsilon):
    return mean


@operation("vq_loss", fields=["loss"])
def too_many(z, codebook, beta):
    return [0.0], [0.0]


@operation("fvu", fields=["variance"])
def misnamed(x, x_hat):
    return 0.0


run(name="manners", tensors="list")
